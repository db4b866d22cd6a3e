import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { until } from '../../scripts/testing/until.ts';
import { createTestDatabase, ENGINES, type TestDatabase } from '../storage/testing/engines.ts';
import { bareEnvironment } from '../testing/bare-environment.ts';
import { freePort } from '../testing/free-port.ts';
import { LogoutReceiver } from '../testing/logout-receiver.ts';
import { PlatformProcess } from '../testing/platform-process.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { type CollectedSpan, TestCollector } from '../testing/test-collector.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { answering, TestVendorEndpoint } from '../testing/vendor-endpoint.ts';

const PASSWORD = 'an engine of difference';
const CALLER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const TRACEPARENT = `00-${CALLER.traceId}-${CALLER.spanId}-01`;
const namesOf = (spans: readonly CollectedSpan[]) => spans.map(({ name }) => name);

for (const engine of ENGINES) {
  describe(`traces (${engine})`, () => {
    let database: TestDatabase;
    let collector: TestCollector;
    let vendor: TestVendorEndpoint;
    let platform: TestPlatform;
    before(async () => {
      database = await createTestDatabase(engine);
      collector = await TestCollector.start();
      vendor = await TestVendorEndpoint.start();
      const { databaseUrl, dataDir } = database.settings;
      platform = await startTestPlatform({
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b',
        OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
        OTEL_BSP_SCHEDULE_DELAY: '20',
        ...(databaseUrl ? { DATABASE_URL: databaseUrl, DATA_DIR: temporaryDirectory() } : { DATA_DIR: dataDir }),
      });
    });
    after(async () => {
      await platform.close();
      await vendor.stop();
      await collector.stop();
      await database.remove();
    });
    const authorization = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

    it('follow a person through the popup, to the vendor’s own backend, and say nothing of them', async () => {
      const app = await platform.createApp({ name: 'Bonsai', signupEndpoint: vendor.url, signupKey: 'the key' });
      vendor.will(answering(201, { id: 'customer-7' }));
      const person = platform.browser();
      const request = { client_id: app.clientId, origin: SHOP_ORIGIN, state: 'state-of-the-page', nonce: 'nonce-1' };
      const first = await person.openPopup(request);
      const form = await person.get(first.signUpAddress);
      const filledIn = {
        given_name: 'Wilhelmina',
        family_name: 'Xylander',
        email: 'wilhelmina@example.com',
        password: PASSWORD,
      };
      const consent = await person.submit(form, '/sign-up', filledIn);
      const last = await person.submit(consent, '/consent');
      assert.ok(last.message.credential);

      const opened = await collector.trace('GET /popup');
      assert.equal(opened.root.attributes['http.route'], '/popup');
      assert.equal(opened.root.attributes['http.response.status_code'], 200);
      assert.ok(namesOf(opened.spans).includes('select environments'), String(namesOf(opened.spans)));
      const signUp = await collector.trace('POST /sandbox/interaction/:uid/sign-up');
      const names = namesOf(signUp.spans);
      for (const name of ['wait for password hash', 'password hash', 'insert accounts'])
        assert.ok(names.includes(name), `${name} is among ${names}`);

      const agreed = await collector.trace('POST /sandbox/interaction/:uid/consent');
      const call = agreed.spans.find(({ name, kind }) => name === 'POST' && kind === 3);
      assert.deepEqual(call?.attributes, {
        'http.request.method': 'POST',
        'server.address': '127.0.0.1',
        'http.response.status_code': 201,
      });
      const [received = assert.fail()] = vendor.received;
      assert.equal(received.headers['traceparent'], `00-${call.traceId}-${call.spanId}-01`);

      await collector.trace('GET /sandbox/authorize/:uid');
      const secrets = [
        'wilhelmina',
        'xylander',
        PASSWORD,
        'state-of-the-page',
        'customer-7',
        'the key',
        app.clientSecret,
      ];
      secrets.push(app.apiKey, String(last.message.credential), new URL(consent.url, platform.url).pathname);
      secrets.push(String(last.claims['sub']));
      for (const secret of secrets)
        assert.ok(!collector.text.toLowerCase().includes(secret.toLowerCase()), `${secret} is in no span`);
      assert.deepEqual(collector.problems, []);
    });

    it('have the id that the answer has, and the page of an error', async () => {
      const answer = await fetch(`${platform.url}/popup?client_id=nobody`, { headers: { accept: 'text/html' } });
      const id = answer.headers.get('x-request-id') ?? '';
      const { root } = await until(async () => {
        const found = await collector.trace('GET /popup');
        return found.root.traceId === id.replaceAll('-', '') && found;
      });
      assert.equal(root.parentSpanId, undefined);
      assert.deepEqual(root.attributes['http.response.header.x-request-id'], [id]);
      assert.ok((await answer.text()).includes(id));
    });

    it('go on from the caller’s, and the database is told by whose wish it works', async () => {
      const { apiKey } = await platform.createApp();
      const id = `request-of-${engine}`;
      const answer = await fetch(`${platform.url}/1/users?limit=7`, {
        headers: { authorization: authorization(apiKey), traceparent: TRACEPARENT, 'x-request-id': id },
      });
      assert.equal(answer.status, 200);
      const { root, spans } = await collector.trace('GET /1/users');
      assert.deepEqual([root.traceId, root.parentSpanId], [CALLER.traceId, CALLER.spanId]);
      const list = spans.find(({ name }) => name === 'select users');
      assert.equal(list?.attributes['db.system.name'], engine === 'SQLite' ? 'sqlite' : 'postgresql');
      assert.match(String(list?.attributes['db.query.text']), /^select "users"/);
      if (engine === 'SQLite') return;
      const client = new pg.Client(database.settings.databaseUrl ?? '');
      await client.connect();
      const comment = `request_id='${id}',traceparent='00-${root.traceId}-`;
      const { rows } = await client.query<{ query: string }>('select query from pg_stat_activity where query like $1', [
        `%/*${comment}%`,
      ]);
      await client.end();
      const told = rows.map(({ query }) => query.split(comment)[1]?.slice(0, 16));
      assert.ok(told.length > 0);
      for (const spanId of told)
        assert.ok(
          spans.some((span) => span.spanId === spanId),
          'each names its span',
        );
    });

    it('count as none what is no traceparent', async () => {
      await fetch(`${platform.url}/jwks`, { headers: { traceparent: `${TRACEPARENT}-'*/; drop table users` } });
      const { root } = await collector.trace('GET /jwks');
      assert.notEqual(root.traceId, CALLER.traceId);
    });

    it('have requests without a route, whose path they do not say', async () => {
      const answer = await fetch(`${platform.url}/nowhere/ada@example.com`);
      const { root } = await until(async () => {
        const found = await collector.trace('GET');
        return found.root.traceId === answer.headers.get('x-request-id')?.replaceAll('-', '') && found;
      });
      assert.equal(root.attributes['http.response.status_code'], 404);
      assert.equal(root.hasFailed, false);
    });

    it('have requests whose client goes', async () => {
      const { apiKey } = await platform.createApp();
      const arrived = new Promise<void>((done) => platform.app.server.once('request', () => done()));
      const leaving = new AbortController();
      const waiting = fetch(`${platform.url}/1/sandbox/mails?to=nobody@example.com&wait=5`, {
        headers: { authorization: authorization(apiKey) },
        signal: leaving.signal,
      });
      await arrived;
      leaving.abort();
      await assert.rejects(waiting, { name: 'AbortError' });
      const gone = await collector.trace('GET /1/sandbox/mails');
      assert.equal(gone.root.attributes['error.type'], 'aborted');
      assert.equal(gone.root.hasFailed, true);
    });

    it('have what leaves later as traces of their own, which vendors are told', async () => {
      const receiver = await LogoutReceiver.start();
      const app = await platform.createApp({ backchannelLogoutUri: receiver.url });
      await platform.storage.jobs.add([
        {
          kind: 'backchannel_logout',
          realm: 'sandbox',
          clientId: app.clientId,
          userId: 'somebody',
          payload: { session: 'a-session' },
          delayMs: 0,
        },
      ]);
      const [logout = assert.fail()] = await until(() => receiver.received.length > 0 && receiver.received);
      const { root, spans } = await collector.trace('send logout');
      const call = spans.find(({ name }) => name === 'POST');
      assert.equal(root.parentSpanId, undefined);
      assert.equal(logout.headers['traceparent'], `00-${root.traceId}-${call?.spanId}-01`);
      await receiver.stop();
    });

    it('leave out what asks whether the server lives, and are counted', async () => {
      for (const path of ['/healthz', '/readyz']) await fetch(platform.url + path);
      const text = await until(async () => {
        const figures = await (await fetch(`${platform.url}/metrics`)).text();
        return /^trace_spans_waiting 0$/m.test(figures) && figures;
      });
      const [, sent] = /^trace_spans_total\{outcome="sent"\} (\d+)$/m.exec(text) ?? [];
      assert.equal(Number(sent), collector.spans.length);
      assert.match(text, /^trace_spans_total\{outcome="dropped_queue_full"\} 0$/m);
      for (const path of ['/healthz', '/readyz', '/metrics'])
        assert.ok(!namesOf(collector.spans).includes(`GET ${path}`), path);
    });

    it('say who sends them', () => {
      assert.equal(collector.headers['x-key'], 'a b');
      assert.equal(collector.headers['content-encoding'], 'gzip');
      assert.equal(collector.headers['traceparent'], undefined, 'sending is no part of a trace');
      assert.deepEqual(collector.resource, {
        'service.name': 'signup-with-platform',
        'deployment.environment.name': 'test',
      });
    });
  });
}

describe('a platform with a collector', () => {
  it('sends what waits when it is asked to stop, and its log has the trace of each line', async () => {
    const collector = await TestCollector.start();
    const platform = await PlatformProcess.start({
      DATA_DIR: temporaryDirectory(),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '600000',
    });
    await (await fetch(`${platform.url}/jwks`, { headers: { traceparent: TRACEPARENT } })).text();
    assert.deepEqual(collector.spans, []);
    assert.equal(await platform.stop(), 0);
    assert.ok(namesOf(collector.spans).includes('GET /jwks'));
    const lines = platform.output.split('\n').filter((line) => line.includes('"path":"/jwks"'));
    assert.match(String(lines), new RegExp(`"trace_id":"${CALLER.traceId}"`));
    await collector.stop();
  });

  it('that does not answer is as fast, and stops in time', async () => {
    const platform = await startTestPlatform({
      // Nobody is there.
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
      OTEL_BSP_SCHEDULE_DELAY: '1',
      OTEL_BSP_MAX_QUEUE_SIZE: '10',
      OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '2',
    });
    for (let n = 0; n < 30; n += 1) assert.equal((await fetch(`${platform.url}/jwks`)).status, 200);
    const text = await (await fetch(`${platform.url}/metrics`)).text();
    assert.match(text, /^trace_spans_total\{outcome="dropped_queue_full"\} [1-9]/m);
    const startedMs = performance.now();
    await platform.close();
    assert.ok(performance.now() - startedMs < 9_000, 'the process is killed after nine seconds');
  });
});

const PRINT_LOADED = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ load(url, context, next) { console.log(url); return next(url, context); } });
`)}`;

it('a platform without a collector loads nothing of it but whose trace it is: none', async () => {
  const start = `
    const { startPlatform } = await import(${JSON.stringify(new URL('../platform.ts', import.meta.url).href)});
    const { readConfig } = await import(${JSON.stringify(new URL('../config.ts', import.meta.url).href)});
    await (await startPlatform(readConfig(process.env))).close();`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', PRINT_LOADED, '--input-type=module', '--eval', start],
    {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: bareEnvironment({ PORT: '0', DATA_DIR: temporaryDirectory(), LOG_LEVEL: 'silent' }),
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const loaded = [...stdout.matchAll(/\/server\/((?:tracing|composition)\/\S+|http\/trace\S+|metrics\/traces\S+)$/gm)];
  const names = loaded.map(([, name]) => name);
  assert.ok(names.includes('composition/services.ts'));
  assert.deepEqual(
    names.filter((name) => name?.includes('trac')),
    ['tracing/current-trace.ts'],
  );
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import type { AppEvent } from '../events/app-event.ts';
import { EventCounts } from '../events/event-counts.ts';
import { explainStartFailure } from '../start-failure.ts';
import { freePort } from '../testing/free-port.ts';
import { addMetrics } from './add-metrics.ts';
import { FiguresTimeoutError } from './answer.ts';
import type { Measured } from './measured.ts';
import { createRegistry } from './registry.ts';
import { measureRequests } from './requests.ts';

const TOKEN = '0123456789abcdef';
const SETTINGS = { metricsToken: undefined, metricsPort: undefined, host: '127.0.0.1', keepAliveMs: 1_000 };
const NOTHING: Measured = {
  hashes: { size: 3, max: 96, lost: 17 },
  database: { health: { problems: new Map([['full', 2]]) }, figures: () => ({}) },
  events: new EventCounts(),
  outbox: {},
  botChecks: { solved: 3 },
  quota: { leases: { size: 1, max: 10, lost: 0 } },
  bounds: () => ({ pictures: { size: 2, max: 16, lost: 5 } }),
};

async function appWith(
  settings: Partial<Parameters<typeof addMetrics>[2]> = {},
  measured: Partial<Measured> = {},
  publicUrl = 'http://localhost:4000',
) {
  const app = Fastify();
  const registry = createRegistry();
  measureRequests(app, registry);
  addMetrics(app, registry, { ...SETTINGS, publicUrl, ...settings }, { ...NOTHING, ...measured });
  app.get('/people/:id', async () => 'ok');
  await app.ready();
  return app;
}

it('says when to come back for figures that other processes owe', async () => {
  const app = Fastify();
  const metrics = () => Promise.reject(new FiguresTimeoutError('they did not come'));
  const settings = { ...SETTINGS, publicUrl: 'http://localhost:4000' };
  addMetrics(app, createRegistry(), settings, NOTHING, { contentType: 'text/plain', metrics });
  const answer = await app.inject('/metrics');
  assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [503, '5']);
  assert.equal(answer.json().error, 'unavailable');
});

it('counts requests by route, and never by path', async () => {
  const app = await appWith();
  await app.inject('/people/somebody-private');
  await app.inject('/nowhere/somebody-private');
  const { body, headers } = await app.inject('/metrics');
  assert.match(String(headers['content-type']), /^text\/plain/);
  assert.match(body, /http_request_duration_seconds_count\{method="GET",route="\/people\/:id",status="200"\} 1/);
  assert.match(body, /http_request_duration_seconds_count\{method="GET",route="none",status="404"\} 1/);
  assert.match(body, /^password_hashes_waiting 3$/m);
  assert.match(body, /^password_hashes_refused_total 17$/m);
  assert.match(body, /^bot_checks_total\{outcome="solved"\} 3$/m);
  assert.match(body, /^database_problems_total\{problem="full"\} 2$/m);
  assert.match(body, /process_cpu_seconds_total/);
  assert.doesNotMatch(body, /somebody-private/);
});

describe('the figures of attempts', () => {
  const read = async (events: EventCounts) => (await (await appWith({}, { events })).inject('/metrics')).body;

  it('say what became of them, by app', async () => {
    const events = new EventCounts();
    const happened: AppEvent[] = [
      { kind: 'popup.opened', detail: { origin: 'https://shop.example', response_type: 'id_token' } },
      { kind: 'popup.consent_given', detail: { shared: [], declined: [] } },
      { kind: 'popup.cancelled', detail: { at: 'consent' } },
      { kind: 'popup.refused', detail: { reason: 'origin_not_registered', origin: 'https://elsewhere.example' } },
      { kind: 'endpoint.unavailable', detail: { reason: 'anything at all', answer: 'somebody-private' } },
      { kind: 'popup.sign_in_failed', detail: { reason: 'invalid_credentials' } },
      { kind: 'credential.issued', detail: { response_type: 'id_token' } },
      { kind: 'credential.issued', detail: { response_type: 'code' } },
      { kind: 'code.redeemed', detail: {} },
      { kind: 'login.called', detail: {} },
      { kind: 'login.called', detail: { reason: 'invalid_client_secret' } },
      { kind: 'token.refused', detail: { error: 'invented by somebody' } },
    ];
    for (const event of happened) events.note('shop', event);
    const lines = (await read(events)).split('\n').filter((line) => line.includes('client_id="shop"'));
    assert.deepEqual(lines.toSorted(), [
      'credentials_signed_total{client_id="shop",kind="code"} 1',
      'credentials_signed_total{client_id="shop",kind="external_login"} 1',
      'credentials_signed_total{client_id="shop",kind="id_token"} 1',
      'popups_agreed_total{client_id="shop"} 1',
      'popups_answered_total{client_id="shop",response_type="code"} 1',
      'popups_answered_total{client_id="shop",response_type="id_token"} 1',
      'popups_cancelled_total{client_id="shop",at="consent"} 1',
      'popups_failed_total{client_id="shop",reason="endpoint_unavailable"} 1',
      'popups_failed_total{client_id="shop",reason="origin_not_registered"} 1',
      'popups_opened_total{client_id="shop"} 1',
      'sign_ins_failed_total{client_id="shop",reason="invalid_credentials"} 1',
      'tokens_refused_total{client_id="shop",error="other"} 1',
    ]);
  });

  it('are bounded: of ten thousand apps, a hundred have their own', async () => {
    const events = new EventCounts();
    for (let app = 0; app < 10_000; app += 1)
      events.note(`app-${app}`, { kind: 'popup.cancelled', detail: { at: 'sign-in' } });
    const lines = (await read(events)).split('\n').filter((line) => line.startsWith('popups_cancelled_total{'));
    assert.equal(lines.length, 101);
    assert.equal(lines.at(-1), 'popups_cancelled_total{client_id="other",at="sign-in"} 9900');
  });
});

describe('the figures of the outbox', () => {
  const deliveries = { done: 5, failed: 2, given_up: 1 };

  it('say what waits, for how long, and what became of the rest', async () => {
    const queue = async () => ({ waiting: 7, oldest: new Date(Date.now() - 60_000) });
    const app = await appWith({}, { outbox: { mail: { deliveries, queue } } });
    const { body } = await app.inject('/metrics');
    assert.match(body, /^outbox_waiting\{kind="mail"\} 7$/m);
    assert.match(body, /^outbox_oldest_seconds\{kind="mail"\} 6\d/m);
    assert.match(body, /^outbox_deliveries_total\{kind="mail",outcome="given_up"\} 1$/m);
  });

  it('are absent while the database is out of reach, and the others are not', async () => {
    const queue = () => Promise.reject(new Error('out of reach'));
    const app = await appWith({}, { outbox: { mail: { deliveries, queue } } });
    const { statusCode, body } = await app.inject('/metrics');
    assert.equal(statusCode, 200);
    assert.doesNotMatch(body, /^outbox_waiting\{/m);
    assert.match(body, /^outbox_deliveries_total\{kind="mail",outcome="done"\} 5$/m);
  });
});

it('has the figures of the engine that there is', async () => {
  const of = async (figures: ReturnType<Measured['database']['figures']>) => {
    const database = { health: { problems: new Map() }, figures: () => figures };
    return (await (await appWith({}, { database })).inject('/metrics')).body;
  };
  const sqlite = await of({ writesWaiting: 4, keptRows: { hits: 8, misses: 2 } });
  assert.match(sqlite, /^database_writes_waiting 4$/m);
  assert.match(sqlite, /^kept_rows_total\{result="hit"\} 8$/m);
  assert.doesNotMatch(sqlite, /database_connections/);
  const postgres = await of({ connections: { used: 3, idle: 1, waiting: 9 } });
  assert.match(postgres, /^database_connections\{state="used"\} 3$/m);
  assert.match(postgres, /^database_connections_waiting 9$/m);
  assert.doesNotMatch(postgres, /kept_rows|database_writes/);
});

const STRANGERS = [
  { remoteAddress: '203.0.113.5' },
  { headers: { 'x-forwarded-for': '127.0.0.1' } },
  { headers: { host: 'id.example.com' } },
];

it('says of everything that grows how far, how far it may, and what was lost', async () => {
  const { body } = await (await appWith()).inject('/metrics');
  assert.match(body, /^bounded_items\{of="pictures"\} 2$/m);
  assert.match(body, /^bounded_items_limit\{of="pictures"\} 16$/m);
  assert.match(body, /^bounded_items_lost_total\{of="pictures"\} 5$/m);
});

describe('/metrics', () => {
  it('answers this machine alone, unless there is a token', async () => {
    const app = await appWith();
    for (const stranger of STRANGERS) {
      const { statusCode, body } = await app.inject({ url: '/metrics', ...stranger });
      assert.equal(statusCode, 403);
      assert.match(body, /set METRICS_TOKEN/);
      assert.doesNotMatch(body, /process_cpu/);
    }
    const guess = { authorization: 'Bearer undefined', host: 'id.example.com' };
    assert.equal((await app.inject({ url: '/metrics', headers: guess })).statusCode, 403);
  });

  it('of a public platform answers nobody without the token, because a proxy may make a stranger look local', async () => {
    for (const metricsToken of [undefined, TOKEN]) {
      const app = await appWith({ metricsToken }, {}, 'https://id.example.com');
      for (const host of ['localhost', 'localhost.:4000', '127.0.0.1', '[::1]', 'id.example.com']) {
        const { statusCode, body } = await app.inject({ url: '/metrics', headers: { host } });
        assert.equal(statusCode, metricsToken ? 401 : 403, host);
        assert.match(body, /METRICS_TOKEN/);
        assert.doesNotMatch(body, /process_cpu/);
      }
      const headers = { host: 'localhost', authorization: `Bearer ${TOKEN}` };
      assert.equal((await app.inject({ url: '/metrics', headers })).statusCode, metricsToken ? 200 : 403);
    }
  });

  it('answers everybody who has the token', async () => {
    const app = await appWith({ metricsToken: TOKEN });
    for (const { headers, ...stranger } of STRANGERS) {
      const ask = (authorization: string) =>
        app.inject({ url: '/metrics', ...stranger, headers: { ...headers, authorization } });
      assert.equal((await ask(`Bearer ${TOKEN}`)).statusCode, 200);
      for (const wrong of [`Bearer ${TOKEN}0`, 'Bearer ', `Basic ${TOKEN}`, TOKEN, '']) {
        const { statusCode, headers: answered } = await ask(wrong);
        assert.deepEqual([statusCode, answered['www-authenticate']], [401, 'Bearer'], wrong);
      }
    }
    assert.equal((await app.inject('/metrics')).statusCode, 200, 'and this machine');
  });
});

describe('/metrics at a port of its own', () => {
  const open = async (settings: { metricsToken?: string; host?: string } = {}) => {
    const metricsPort = await freePort();
    const app = await appWith({ metricsPort, ...settings }, {}, 'https://id.example.com');
    const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
      const response = await fetch(`http://127.0.0.1:${metricsPort}${path}`, { headers, method });
      return { status: response.status, body: await response.text() };
    };
    return { app, ask, metricsPort };
  };

  it('is not at the platform’s address any more', async (test) => {
    const { app, ask } = await open({ metricsToken: TOKEN });
    test.after(() => app.close());
    const authorization = `Bearer ${TOKEN}`;
    assert.equal((await app.inject({ url: '/metrics', headers: { authorization } })).statusCode, 404);
    assert.equal((await ask('/metrics', { authorization })).status, 200);
    assert.equal((await ask('/metrics')).status, 401, 'a token that is set is asked for');
  });

  it('answers this machine without a token, and no page of a stranger', async (test) => {
    const { app, ask } = await open();
    test.after(() => app.close());
    const { status, body } = await ask('/metrics');
    assert.equal(status, 200);
    assert.match(body, /process_cpu_seconds_total/);
    assert.equal((await ask('/metrics', { 'x-forwarded-for': '203.0.113.5' })).status, 403);
    assert.equal((await ask('/people/1')).status, 404);
    assert.equal((await ask('/metrics', {}, 'POST')).status, 405);
  });

  it('answers whoever reaches it where HOST is not this machine alone', async (test) => {
    const { app, ask } = await open({ host: '0.0.0.0' });
    test.after(() => app.close());
    assert.equal((await ask('/metrics', { 'x-forwarded-for': '203.0.113.5' })).status, 200);
  });

  it('says which setting to change when the port is in use', async (test) => {
    const { app, metricsPort } = await open();
    test.after(() => app.close());
    await assert.rejects(appWith({ metricsPort }), (error) => {
      assert.match(explainStartFailure(error) ?? '', /in use.*set METRICS_PORT to another port/);
      return true;
    });
  });
});

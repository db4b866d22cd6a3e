import assert from 'node:assert/strict';
import { Agent, request as httpRequest } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { resident } from '../../server/portal/testing/resident.ts';
import { ApiCaller } from '../../server/testing/api-caller.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { PlatformProcess } from '../../server/testing/platform-process.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../server/testing/test-platform.ts';
import { startNginx } from './start-nginx.ts';

/** Behind a real nginx: `npm run test:nginx`. It takes about two minutes, so it is no part of `npm test`. */

const REQUESTS = 10_000;
const CLIENTS = 20;
/** After each burst, a client is silent for about as long as nginx keeps its connections. */
const BURST = 25;
const NGINX_KEEPS_SECONDS = 2;
const GAP_MS = { from: 1_900, to: 3_100 };

describe('connections that nginx keeps', () => {
  it(`lose none of ${REQUESTS} requests, GET and POST, with gaps around the time after which they end`, async (test) => {
    const [port, upstreamPort] = [await freePort(), await freePort()];
    const stop = await startNginx({ port, upstreamPort, keepAliveSeconds: NGINX_KEEPS_SECONDS });
    test.after(stop);
    const platform = await PlatformProcess.start({
      DATA_DIR: temporaryDirectory(),
      PORT: String(upstreamPort),
      PUBLIC_URL: `http://localhost:${port}`,
      TRUST_PROXY: '127.0.0.1',
      // In the relation of the defaults: 72 seconds, and nginx' 60.
      KEEP_ALIVE_SECONDS: String(NGINX_KEEPS_SECONDS + 1),
    }).catch((error: unknown) => stop().then(() => Promise.reject(error)));
    test.after(() => platform.kill());

    const outcomes = new Map<string, number>();
    const client = async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let sent = 0; sent < REQUESTS / CLIENTS; sent += 1) {
        const outcome = await ask(port, agent, sent % 2 === 0 ? 'GET' : 'POST');
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (sent % BURST === BURST - 1) await delay(GAP_MS.from + Math.random() * (GAP_MS.to - GAP_MS.from));
      }
      agent.destroy();
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    console.log(outcomes);
    const errors = [...outcomes].filter(([outcome]) => !/^(?:GET 200|POST 4\d\d)$/.test(outcome));
    assert.deepEqual(errors, []);
    assert.equal(
      [...outcomes.values()].reduce((sum, count) => sum + count, 0),
      REQUESTS,
    );
  });
});

/** The method and the status, or the error. */
function ask(port: number, agent: Agent, method: 'GET' | 'POST'): Promise<string> {
  const path = method === 'GET' ? '/jwks' : '/token';
  const headers = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  return new Promise((resolve) => {
    httpRequest({ port, host: '127.0.0.1', agent, method, path, headers }, (response) =>
      response.resume().on('end', () => resolve(`${method} ${response.statusCode}`)),
    )
      .on('error', (error: NodeJS.ErrnoException) => resolve(`${method} ${error.code}`))
      .end(method === 'POST' ? 'grant_type=authorization_code&code=x&client_id=nobody' : undefined);
  });
}

describe('an nginx that compresses', () => {
  let platform: TestPlatform;
  let stopNginx: () => Promise<void>;
  before(async () => {
    const [port, upstreamPort] = [await freePort(), await freePort()];
    stopNginx = await startNginx({ port, upstreamPort, keepAliveSeconds: 60 });
    platform = await startTestPlatform({
      PORT: String(upstreamPort),
      PUBLIC_URL: `http://localhost:${port}`,
      TRUST_PROXY: '127.0.0.1',
    });
  });
  after(async () => {
    await platform.close();
    await stopNginx();
  });

  it('leaves the whole journey as it is', async () => {
    const { clientId, issuer, apiKey } = await platform.createApp();
    const browser = platform.browser();
    const page = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    const form = await browser.get(page.signUpAddress);
    const person = { given_name: 'Ada', email: 'ada@example.com', password: 'an engine of difference' };
    const consent = await browser.submit(form, '/sign-up', person);
    const { claims } = await browser.submit(consent, '/consent');
    assert.equal(claims['iss'], issuer);

    const vendor = new ApiCaller(platform, apiKey);
    const first = await vendor.get(`/users/${claims['sub']}`);
    assert.equal(first.headers.get('content-encoding'), 'gzip', 'or this test says nothing');
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^W\/"/, 'as nginx makes it of a strong one');
    assert.equal((await vendor.get(`/users/${claims['sub']}`, { 'if-none-match': etag })).status, 304);
  });

  it('passes the id of a request, in both directions', async () => {
    const { headers } = await fetch(`${platform.url}/healthz`, { headers: { 'x-request-id': 'my-request-1' } });
    assert.equal(headers.get('x-request-id'), 'my-request-1');
  });

  it('makes nobody local', async () => {
    assert.equal((await fetch(`${platform.url}/metrics`)).status, 403);
    assert.equal((await fetch(platform.mailPage ?? '')).status, 404);
  });

  it('does not hold back the live event log', async (test) => {
    const { account, browser } = await resident(platform);
    const app = await platform.createApp();
    await platform.storage.appMembers.put(app.appId, account.id, 'owner');
    const abort = new AbortController();
    test.after(() => abort.abort());
    const response = await fetch(`${platform.url}/account/apps/${app.appId}/localhost/events/stream`, {
      headers: { cookie: browser.cookieHeader('/account') },
      signal: abort.signal,
    });
    assert.equal(response.status, 200);
    await platform.browser().openPopup({ client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if (text.includes('Popup opened')) return;
    }
    assert.fail('the stream ended');
  });
});

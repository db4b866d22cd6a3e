import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { FairQueue } from './load/fair-queue.ts';
import { EMAIL, EveryRoute, PASSWORD } from './testing/every-route.ts';
import { SHOP_ORIGIN } from './testing/test-platform.ts';

const MESSAGE = 'The server has more to do than it can at the moment. Wait for Retry-After.';
/** What others watch, keep or depend on. */
const ALWAYS_ANSWERED = [
  '/',
  '/.well-known/change-password',
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-authorization-server/sandbox',
  '/.well-known/openid-configuration',
  '/.well-known/openid-configuration/sandbox',
  '/.well-known/web-identity',
  '/apple-touch-icon.png',
  '/docs',
  '/docs/api',
  '/docs/postman.json',
  '/favicon.ico',
  '/favicon.svg',
  '/fedcm/client-metadata',
  '/fedcm/config.json',
  '/healthz',
  '/jwks',
  '/llms-full.txt',
  '/llms.txt',
  '/metrics',
  '/openapi.json',
  '/packages',
  '/packages/',
  '/packages/packages.json',
  '/readyz',
  '/robots.txt',
  '/sandbox',
  '/sandbox/.well-known/oauth-authorization-server',
  '/sandbox/.well-known/openid-configuration',
  '/sandbox/jwks',
  '/widget.js',
  '/widget.js.map',
  '/widget/manifest.json',
];

describe('while there is more to do than can be done', () => {
  const scene = new EveryRoute();
  const queue = new FairQueue(MESSAGE, { concurrency: 8, maxWaiting: 0 });
  let places = 0;
  let answers: Map<string, Response>;
  before(async () => {
    await scene.start({}, { requestQueue: queue });
    while (queue.enterAtOnce()) places += 1;
    answers = await scene.askAll();
  });
  after(() => scene.platform.close());

  it('every route refuses and says when to come back, but for those that others watch or depend on', () => {
    const isRefused = ({ status, headers }: Response) => status === 503 && headers.get('retry-after') === '2';
    // What is not there costs nothing.
    const answered = [...answers].filter(([, answer]) => !isRefused(answer) && answer.status !== 404);
    for (const [name, { status }] of answered) assert.ok(status < 500, name);
    const paths = new Set(answered.map(([name]) => name.replace(/^\w+ /, '')));
    const ofThisVersion = /^\/widget\/[0-9a-f]{16}\//;
    assert.deepEqual([...paths].filter((path) => !ofThisVersion.test(path)).toSorted(), ALWAYS_ANSWERED);
  });

  it('in the form of each contract', async () => {
    const jsonOf = async (name: string) => await answers.get(name)?.json();
    assert.deepEqual(await jsonOf('POST /1/users'), { error: 'overloaded', status: 503, message: MESSAGE });
    assert.deepEqual(await jsonOf('POST /embed/signup'), {
      message: 'We’re very busy right now. Wait a few seconds, then try again.',
      code: 'overloaded',
    });
    const login = await jsonOf('POST /custom_api/external_login');
    assert.deepEqual(login, { code: 503, message: 'fail', data: { error: MESSAGE } });
    for (const name of [
      'POST /token',
      'GET /userinfo',
      'POST /par',
      'POST /sandbox/token',
      'POST /device_authorization',
    ])
      assert.deepEqual(await jsonOf(name), { error: 'temporarily_unavailable', error_description: MESSAGE }, name);
    assert.deepEqual(await jsonOf('GET /fedcm/accounts'), { error: { code: 'temporarily_unavailable' } });
    for (const name of ['GET /popup', 'GET /authorize', 'POST /interaction/:uid/sign-in']) {
      const html = (await answers.get(name)?.text()) ?? '';
      assert.match(html, /<h1>This isn’t working at the moment/, name);
      assert.match(html, />Try again</, name);
      assert.ok(!html.includes(PASSWORD));
      assert.equal(answers.get(name)?.headers.get('content-encoding'), null, 'compressing would take longest');
    }
    assert.match((await answers.get('GET /account')?.text()) ?? '', /<h1[^>]*>We’re very busy right now/);
  });

  it('answers preflights, by which browsers ask whether they may ask', async () => {
    const headers = { origin: SHOP_ORIGIN, 'access-control-request-method': 'POST' };
    for (const path of [
      '/token',
      '/par',
      '/revoke',
      '/device_authorization',
      '/userinfo',
      '/custom_api/external_login',
    ]) {
      const { status, headers: sent } = await fetch(scene.platform.url + path, { method: 'OPTIONS', headers });
      assert.deepEqual([status, sent.get('access-control-allow-origin')], [204, SHOP_ORIGIN], path);
    }
  });

  it('compresses nothing for whoever has not waited for a turn', async () => {
    const headers = { 'accept-encoding': 'br, gzip' };
    for (const path of ['/nothing', '/docs/assets/nothing', '/%zz', `/popup?x=${'x'.repeat(17_000)}`]) {
      const answer = await fetch(scene.platform.url + path, { headers });
      assert.ok(answer.status >= 400 && answer.status < 500, path);
      assert.equal(answer.headers.get('content-encoding'), null, path);
    }
  });

  it('goes on where it was once there is less to do', async () => {
    for (; places > 0; places -= 1) queue.leave();
    const page = await scene.stranger.submit(scene.popup, '/sign-in', { email: EMAIL, password: PASSWORD });
    assert.match(page.heading, /^Share your details with/);
  });
});

import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, describe, it } from 'node:test';
import Fastify from 'fastify';
import { readConfig } from '../config.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { addSecurityHeaders } from './security-headers.ts';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

describe('security headers', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  /** Sends the path unchanged; fetch would normalize it. */
  function send(method: string, path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      httpRequest(platform.url, { method, path, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers as Answer['headers'], body }),
        );
      })
        .on('error', reject)
        .end();
    });
  }

  const rows: [method: string, path: string, status: number][] = [
    ['GET', '/popup', 400],
    ['GET', '/sandbox/authorize', 400],
    ['GET', '/interaction/abc/', 400],
    ['GET', '/sandbox/confirm-email', 400],
    ['GET', '/healthz', 200],
    ['GET', '/widget.js', 200],
    ['GET', '/jwks', 200],
    ['GET', '/.well-known/openid-configuration', 200],
    ['GET', '/dev/mail', 404],
    ['GET', '/metrics', 200],
    ['GET', '/no-such-page', 404],
    ['POST', '/no-such-page', 404],
    ['OPTIONS', '/popup', 404],
    ['OPTIONS', '/sandbox/token', 404],
    ['PUT', '/popup', 404],
    ['DELETE', '/jwks', 404],
    ['HEAD', '/popup', 400],
    ['PROPFIND', '/', 404],
    ['POST', '/token', 400],
    ['GET', '/userinfo', 401],
    ['GET', '/%zz', 400],
    ['GET', '/popup?state=%zz', 400],
    ['GET', '/%2e%2e%2f%2e%2e%2fpackage.json', 404],
    ['GET', `/interaction/${'a'.repeat(500)}/`, 400],
  ];
  for (const [method, path, status] of rows) {
    it(`are on ${method} ${path.slice(0, 50)} (${status})`, async () => {
      const { headers, ...answer } = await send(method, path);
      assert.equal(answer.status, status);
      assert.equal(headers['x-frame-options'], 'DENY');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'same-origin');
      assert.equal(headers['cross-origin-opener-policy'], path === '/dev/mail' ? 'same-origin' : 'unsafe-none');
      assert.ok(headers['permissions-policy']);
      assert.match(headers['x-request-id'] ?? '', /^[\da-f-]{36}$/);
      const policy = headers['content-security-policy'] ?? '';
      assert.match(policy, /default-src 'none'/);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.match(policy, /base-uri 'none'/);
      assert.doesNotMatch(policy, /unsafe-|\*/);
      assert.ok(!('strict-transport-security' in headers), 'no HTTPS on a developer’s machine');
      assert.ok(!('server' in headers) && !('x-powered-by' in headers));
    });
  }

  it('keep the caller’s request id, in the header and on the page', async () => {
    for (const path of ['/no-such-page', '/%zz']) {
      const { headers, body } = await send('GET', path, { 'x-request-id': 'my-request-1' });
      assert.equal(headers['x-request-id'], 'my-request-1');
      assert.ok(body.includes('my-request-1'));
    }
  });

  it('are on 500 responses, whose page reveals nothing but the request id', async () => {
    const broken = await startTestPlatform();
    const { clientId } = await broken.createApp();
    await broken.database.close();
    const query = new URLSearchParams({ client_id: clientId, origin: 'https://shop.example', state: 's', nonce: 'n' });
    const response = await fetch(`${broken.url}/popup?${query}`);
    const page = await response.text();
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('x-frame-options'), 'DENY');
    assert.match(page, /Something went wrong on our side/);
    assert.ok(page.includes(response.headers.get('x-request-id') ?? '-'));
    assert.ok(!/sqlite|kysely|driver|stack|node_modules/i.test(page.replace(/<style>.*?<\/style>/s, '')));
    assert.equal((await fetch(`${broken.url}/readyz`)).status, 503);
    await broken.close();
  });

  it('ask browsers for HTTPS from then on where PUBLIC_URL is https, as HSTS says', async () => {
    const headerOf = async (env: Record<string, string>) => {
      const app = Fastify();
      addSecurityHeaders(app, readConfig({ PUBLIC_URL: 'https://id.example', SMTP_URL: 'smtp://mail', ...env }));
      return (await app.inject('/')).headers['strict-transport-security'];
    };
    assert.equal(await headerOf({}), 'max-age=31536000; includeSubDomains');
    assert.equal(await headerOf({ HSTS: 'max-age=300' }), 'max-age=300');
    assert.equal(await headerOf({ HSTS: 'off' }), undefined);
    assert.equal(await headerOf({ HSTS: 'max-age=300', PUBLIC_URL: 'http://localhost' }), undefined);
  });
});

describe('what other origins may do with each address', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  /** Every address that answers GET, from the tree that Fastify prints, each segment one level further in. */
  function addresses(): string[] {
    const found: string[] = [];
    const open: { depth: number; path: string }[] = [];
    for (const line of platform.app.printRoutes({ commonPrefix: false }).split('\n')) {
      const [, indent = '', segment = '', methods = ''] = /^([│ ]*(?:├── |└── ))(\S*) ?(?:\((.*)\))?/.exec(line) ?? [];
      if (indent === '') continue;
      while ((open.at(-1)?.depth ?? -1) >= indent.length) open.pop();
      const path = (open.at(-1)?.path ?? '') + segment;
      open.push({ depth: indent.length, path });
      if (methods.split(', ').includes('GET') && path.startsWith('/')) found.push(path);
    }
    return found;
  }

  /** They are used by pages of other sites, or by the browser on behalf of those. */
  const SHARED = [
    /^\/widget(\.js|\/)/,
    /^\/pictures\//,
    /^\/brand\//,
    /^\/openapi\.json$/,
    /^\/docs\/postman\.json$/,
    /^\/packages\/packages\.json$/,
    /^(\/sandbox)?\/jwks$/,
    /^(\/sandbox)?\/\.well-known\/(openid-configuration|oauth-authorization-server)(\/sandbox)?$/,
    /^\/\.well-known\/web-identity$/,
    /^\/fedcm\//,
    /^\/own-fields\.json$/,
  ];
  /** They open no window of another site, and answer none. */
  const ALONE = [
    /^\/$/,
    /^(\/sandbox)?\/account(\/|$)/,
    /^\/docs($|\/(?!postman\.json$))/,
    /^\/llms(-full)?\.txt$/,
    /^\/dev\//,
  ];

  it('is said by each of them', async () => {
    const all = addresses();
    assert.ok(all.length > 100, `${all.length} addresses`);
    for (const expected of ['/popup', '/widget.js', '/account', '/sandbox/account/security', '/jwks', '/1/users/:id'])
      assert.ok(all.includes(expected), expected);
    for (const address of all) {
      const path = address.replace('*', 'x').replaceAll(/:\w+/g, 'x');
      const { headers, status } = await fetch(platform.url + path, { redirect: 'manual' });
      const opener = headers.get('cross-origin-opener-policy');
      const wanted = ALONE.some((pattern) => pattern.test(address)) ? 'same-origin' : 'unsafe-none';
      assert.equal(opener, wanted, address);
      const isShared = SHARED.some((pattern) => pattern.test(address));
      const resource = headers.get('cross-origin-resource-policy');
      // An error page is nobody's but ours.
      if (status < 400 || !isShared) assert.equal(resource, isShared ? 'cross-origin' : 'same-origin', address);
      assert.equal(headers.get('x-frame-options'), 'DENY', address);
    }
  });
});

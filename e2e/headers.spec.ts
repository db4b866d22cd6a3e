import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { HttpBrowser, type Page } from '../server/testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import { test as base, expect } from './support/test.ts';

/** The headers of every response and cookie (invariants 4 and 9), over http on localhost and behind https. */

const PUBLIC_URL = 'https://id.example.test';

interface Site {
  platform: TestPlatform;
  https: boolean;
  browser(): HttpBrowser;
}

const test = base.extend<object, { http: Site; https: Site }>({
  http: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const platform = await startTestPlatform();
      await use({ platform, https: false, browser: () => platform.browser() });
      await platform.close();
    },
    { scope: 'worker' },
  ],
  https: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const platform = await startTestPlatform({ PUBLIC_URL });
      // A proxy in front would end TLS and forward plain http.
      const { port } = platform.app.server.address() as AddressInfo;
      await use({ platform, https: true, browser: () => new HttpBrowser(PUBLIC_URL, [`http://localhost:${port}`]) });
      await platform.close();
    },
    { scope: 'worker' },
  ],
});

const REQUEST = { origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
const PASSWORD = 'an engine of difference';

/** Every page that a person can reach, and whether it is for that person only. */
async function everyPage({ platform, browser }: Site): Promise<Map<string, Page>> {
  const { clientId } = await platform.createApp({ environment: 'production' });
  const sandbox = await platform.createApp();
  const disabled = await platform.createApp();
  await platform.storage.apps.setDisabled(disabled.appId, true);
  const person = browser();
  const pages = new Map<string, Page>();
  const keep = (name: string, page: Page) => {
    pages.set(name, page);
    return page;
  };
  const signIn = keep('sign-in', await person.openPopup({ client_id: clientId, ...REQUEST }));
  keep('sandbox', await browser().openPopup({ client_id: sandbox.clientId, ...REQUEST }));
  const { action, values } = signIn.form('/sign-in');
  const at = (step: string) => action.replace(/sign-in$/, step);
  keep('wrong password', await person.submit(signIn, '/sign-in', { email: 'a@example.com', password: 'wrong' }));
  const address = keep('address', await person.get(at('sign-up')));
  keep('code', await person.submit(address, '/code', { email: `${crypto.randomUUID()}@example.com` }));
  const signUp = keep('sign-up', await person.get(signIn.signUpAddress));
  keep('sign-up with errors', await person.submit(signUp, '/sign-up', { email: 'a', password: 'b' }));
  const ada = { given_name: 'Ada', email: `${crypto.randomUUID()}@example.com`, password: PASSWORD };
  const consent = keep('consent', await person.submit(signUp, '/sign-up', ada));
  keep('deliver', await person.submit(consent, '/consent'));
  keep('deliver at once', await person.openPopup({ client_id: clientId, ...REQUEST }));
  keep('deliver a mistake', await person.openPopup({ client_id: clientId, ...REQUEST, fields: 'nonsense' }));
  keep('expired', await person.get(at('')));
  keep('expired form', await person.post(action, values));
  keep('forbidden', await person.post(action, values, { origin: 'https://evil.example' }));
  keep('unsupported form', await person.post(action, 'x', { 'content-type': 'application/xml' }));
  keep('too large a form', await person.post(action, `a=${'x'.repeat(40_000)}`));
  keep('unknown app', await person.openPopup({ client_id: 'x', ...REQUEST }));
  keep('disabled app', await person.openPopup({ client_id: disabled.clientId, ...REQUEST }));
  keep('unregistered', await person.openPopup({ client_id: clientId, ...REQUEST, origin: 'https://evil.example' }));
  keep('invalid', await person.get('/popup'));
  keep('not found', await person.get('/nothing/here'));
  keep('not decodable', await person.get('/%E0%A4%A'));
  keep('wrong method', await person.post('/popup', {}));
  keep('authorize without anything', await person.get('/authorize'));
  keep('authorize for another address', await person.get(`/authorize?client_id=${clientId}&redirect_uri=x`));
  keep('resume without cookie', await person.get('/sandbox/authorize/abc'));
  keep('confirm', await person.get('/confirm-email?code=abc'));
  keep('confirm nothing', await person.get('/sandbox/confirm-email'));
  keep('mail', await person.get('/dev/mail'));
  return pages;
}

for (const scheme of ['http', 'https'] as const) {
  test(`every page over ${scheme} follows its policy`, async ({ http, https }) => {
    const pages = await everyPage(scheme === 'http' ? http : https);
    for (const [name, { status, headers, html }] of pages) {
      await test.step(name, async () => {
        const policy = new Map(
          (headers.get('content-security-policy') ?? '').split(/;\s*/).map((part) => {
            const [directive = '', ...sources] = part.split(' ');
            return [directive, sources];
          }),
        );
        expect(policy.get('default-src')).toEqual(["'none'"]);
        expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
        expect(policy.get('base-uri')).toEqual(["'none'"]);
        expect(policy.get('form-action')).toEqual(["'self'"]);
        for (const directive of ['script-src', 'style-src']) {
          for (const source of policy.get(directive) ?? []) expect(source).toMatch(/^'(sha256-[\w+/]{43}=|none)'$/);
        }
        expect(headers.get('content-security-policy')).not.toMatch(/unsafe-inline|unsafe-eval|\*/);

        expect(headers.get('x-frame-options')).toBe('DENY');
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('referrer-policy')).toBe('same-origin');
        expect(headers.get('cross-origin-opener-policy')).toBe(
          // Over https, which a developer's machine does not have, there is no such page.
          name === 'mail' && scheme === 'http' ? 'same-origin' : 'unsafe-none',
        );
        expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
        expect(headers.get('cache-control')).toBe('no-store');
        expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(headers.get('x-request-id')).toMatch(/^[\w.:-]{8,128}$/);
        expect(headers.get('access-control-allow-origin')).toBeNull();
        expect(headers.get('strict-transport-security')).toBe(
          scheme === 'https' ? 'max-age=31536000; includeSubDomains' : null,
        );
        for (const leak of ['server', 'x-powered-by']) expect(headers.get(leak)).toBeNull();
        expect(html).toMatch(/^<!doctype html>/);
        expect(status).toBeLessThan(500);
      });
    }
    const statuses = [...pages.values()].map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 400, 403, 404, 413, 415]));
  });
}

test('responses that are not pages forbid framing as well', async ({ http }) => {
  const { platform } = http;
  for (const path of [
    '/widget.js',
    '/healthz',
    '/readyz',
    '/jwks',
    '/sandbox/jwks',
    '/.well-known/openid-configuration',
    '/userinfo',
    '/token',
    '/revoke',
    '/par',
    '/metrics',
    '/popup?redirected',
  ]) {
    for (const method of ['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT']) {
      const { status, headers } = await fetch(platform.url + path, { method, redirect: 'manual' });
      const said = [headers.get('x-frame-options'), headers.get('x-content-type-options')];
      expect([method, path, ...said]).toEqual([method, path, 'DENY', 'nosniff']);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(status).toBeLessThan(500);
    }
  }
});

test('redirects forbid framing and caching', async ({ http }) => {
  const { platform } = http;
  const { clientId } = await platform.createApp();
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'id_token',
    response_mode: 'web_message',
    redirect_uri: SHOP_ORIGIN,
    scope: 'openid',
    state: 's',
    nonce: 'n',
  });
  const { status, headers } = await fetch(`${platform.url}/sandbox/authorize?${query}`, { redirect: 'manual' });
  expect(status).toBe(303);
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('cache-control')).toBe('no-store');
});

test.describe('cookies', () => {
  async function cookiesOf(site: Site): Promise<string[]> {
    const { clientId } = await site.platform.createApp({ environment: 'production' });
    const person = site.browser();
    const signIn = await person.openPopup({ client_id: clientId, ...REQUEST });
    const signUp = await person.get(signIn.signUpAddress);
    const email = `${crypto.randomUUID()}@example.com`;
    const consent = await person.submit(signUp, '/sign-up', { given_name: 'Ada', email, password: PASSWORD });
    expect((await person.submit(consent, '/consent')).message.credential).toBeTruthy();
    return person.cookieLines.filter((line) => !line.includes('-fedcm='));
  }

  test('the cookie of FedCM is for FedCM only, and Secure even on http://localhost', async ({ http, https }) => {
    for (const { platform, browser, https: isHttps } of [http, https]) {
      const { clientId } = await platform.createApp({ environment: 'production' });
      const person = browser();
      const signIn = await person.openPopup({ client_id: clientId, ...REQUEST });
      const signUp = await person.get(signIn.signUpAddress);
      const email = `${crypto.randomUUID()}@example.com`;
      await person.submit(signUp, '/sign-up', { given_name: 'Ada', email, password: PASSWORD });
      const lines = person.cookieLines.filter((line) => line.includes('-fedcm='));
      expect(lines.length).toBeGreaterThan(0);
      const name = `${isHttps ? '__Host-' : ''}production-fedcm`;
      for (const line of lines)
        expect(line).toMatch(new RegExp(`^${name}=[\\w.-]+; Path=/; Expires=[^;]+; HttpOnly; Secure; SameSite=None$`));
    }
  });

  test('are HttpOnly and SameSite=Lax everywhere, and not Secure on http://localhost, where browsers would refuse it', async ({
    http,
  }) => {
    const lines = await cookiesOf(http);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) {
      expect(line).toMatch(/; httponly/i);
      expect(line).toMatch(/; samesite=lax/i);
      expect(line).not.toMatch(/; (secure|domain)/i);
    }
    expect(lines.find((line) => line.startsWith('production-session='))).toMatch(/; path=\/;/i);
    expect(lines.find((line) => line.startsWith('production-devices='))).toMatch(/; path=\/;/i);
    // The only other one is that of the browser, however many windows it opens.
    const others = lines.filter((text) => !/-(session|devices)/.test(text));
    expect(others).toHaveLength(1);
    expect(others[0]).toMatch(/^production-browser=[\w-]{22}; Path=\/;/);
  });

  test('are Secure over https, and bound to the host', async ({ https }) => {
    const lines = await cookiesOf(https);
    for (const line of lines) {
      expect(line).toMatch(/; secure/i);
      expect(line).toMatch(/; httponly/i);
      expect(line).toMatch(/; samesite=lax/i);
      expect(line).not.toMatch(/; domain/i);
    }
    expect(lines.some((line) => line.includes('session'))).toBe(true);
    for (const line of lines) {
      expect(line).toMatch(/^__Host-production-(browser|devices|session(\.sig)?)=[^;]*; path=\/;/i);
    }
  });

  test('have the same names, whatever a request says about scheme and host', async ({ https }) => {
    const { platform } = https;
    const { port } = platform.app.server.address() as AddressInfo;
    const { clientId, issuer } = await platform.createApp({ environment: 'production' });
    expect(issuer).toBe(PUBLIC_URL);
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'id_token',
      response_mode: 'web_message',
      redirect_uri: SHOP_ORIGIN,
      scope: 'openid',
      state: 's',
      nonce: 'n',
    });
    const { cookies, location } = await rawGet(port, `/authorize?${query}`, {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example;proto=http',
    });
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; secure/i);
    expect(location).not.toContain('evil.example');
    const discovery = await rawGet(port, '/.well-known/openid-configuration', { host: 'evil.example' });
    expect(JSON.parse(discovery.body)).toMatchObject({ issuer: PUBLIC_URL, token_endpoint: `${PUBLIC_URL}/token` });
    expect(discovery.body).not.toContain('evil.example');
  });
});

/** Sends any Host header, which fetch does not allow. */
function rawGet(port: number, path: string, headers: Record<string, string>) {
  return new Promise<{ cookies: string[]; location: string | undefined; body: string }>((resolve, reject) => {
    const sent = httpRequest({ host: 'localhost', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.once('end', () =>
        resolve({ cookies: response.headers['set-cookie'] ?? [], location: response.headers.location, body }),
      );
    });
    sent.once('error', reject).end();
  });
}

test.describe('other origins', () => {
  test('may read what every shop’s page needs, but nothing personal', async ({ http }) => {
    const { platform } = http;
    const get = (path: string) => fetch(platform.url + path, { headers: { origin: SHOP_ORIGIN } });
    for (const path of ['/widget.js', '/jwks', '/sandbox/jwks', '/.well-known/openid-configuration']) {
      const { headers, status } = await get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(['*', SHOP_ORIGIN]).toContain(headers.get('access-control-allow-origin'));
      expect(headers.get('access-control-allow-credentials')).toBeNull();
    }
    const widget = await get('/widget.js');
    expect(widget.headers.get('content-type')).toMatch(/^(text|application)\/javascript; charset=utf-8$/);
    expect(widget.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    for (const path of ['/popup', '/dev/mail', '/confirm-email?code=x', '/interaction/abc']) {
      expect((await get(path)).headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('may call the token endpoint only if the app has registered them', async ({ http }) => {
    const { platform } = http;
    const { clientId } = await platform.createApp();
    const from = async (origin: string) => {
      const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: clientId, code: 'x' });
      return fetch(`${platform.url}/sandbox/token`, { method: 'POST', headers: { origin }, body });
    };
    expect((await from(SHOP_ORIGIN)).headers.get('access-control-allow-origin')).toBe(SHOP_ORIGIN);
    const foreign = await from('https://evil.example');
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect(await foreign.text()).not.toMatch(/token"/);
  });
});

test('a request that never ends is aborted', async ({ http }) => {
  expect(http.platform.app.server.requestTimeout).toBe(30_000);
  expect(http.platform.app.server.headersTimeout).toBeLessThanOrEqual(60_000);
});

test('a request that is not HTTP gets an answer that reveals nothing', async ({ http }) => {
  const { port } = http.platform.app.server.address() as AddressInfo;
  for (const bytes of [
    'GET / HTTP/9.9\r\n\r\n',
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    '\u0016\u0003\u0001\r\n\r\n',
  ]) {
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      // Ended, because the server would keep the connection for a further request.
      const socket = connect(port, 'localhost', () => socket.end(bytes));
      socket.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      socket.once('close', () => resolve(text)).once('error', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toMatch(/node_modules|at .*:\d+:\d+/);
  }
});

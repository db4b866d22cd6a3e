import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { startTestIssuer, type TestIssuer } from '../testing.ts';
import { JANE, startFakePlatform } from '../testing-support/fake-platform.ts';
import { createApp as createExpressApp } from './express.ts';
import { createApp as createFastifyApp } from './fastify.ts';
import { createApp as createNodeApp } from './node-http.ts';
import type { ShopSettings } from './shop/settings.ts';

const CLIENT_ID = 'ExampleShopExampleShopExampleSho';
let issuer: TestIssuer;
before(async () => {
  issuer = await startTestIssuer('/sandbox');
});
after(() => issuer[Symbol.asyncDispose]());

type Start = (settings: ShopSettings) => Promise<{ server: Server; close: () => unknown }>;
const starts: Record<string, Start> = {
  Express: async (settings) => plain(createServer(createExpressApp(settings))),
  'node:http': async (settings) => plain(createNodeApp(settings)),
  Fastify: async (settings) => {
    const app = createFastifyApp(settings);
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { server: app.server, close: () => app.close() };
  },
};
async function plain(server: Server) {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, close: () => server.close() };
}

for (const [name, start] of Object.entries(starts)) {
  test(`${name}: a whole sign-up`, async (t) => {
    t.mock.method(console, 'warn', () => {});
    await using platform = await startFakePlatform(
      { body: { ...JANE, name: '<b>Jane</b>' } },
      { status: 404, body: { error: 'not_found', status: 404, message: 'Gone.' } },
    );
    const settings = { platformUrl: platform.url, issuer: issuer.issuer, clientId: CLIENT_ID, secretKey: 'sk_test_x' };
    const { server, close } = await start({ ...settings, signupKey: 'signup-key' });
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const open = async () => {
        const page = await fetch(`${url}/`);
        const html = await page.text();
        assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
        const [, nonce = ''] = /nonce="([^"]+)"/.exec(html) ?? [];
        return { cookie: page.headers.getSetCookie()[0]?.split(';')[0] ?? '', nonce, html };
      };
      const submit = async (cookie: string, fields: Record<string, string>) => {
        const response = await fetch(`${url}/register`, {
          method: 'POST',
          headers: { cookie },
          body: new URLSearchParams(fields),
        });
        return `${response.status} ${await response.text()}`;
      };

      const { cookie, nonce, html } = await open();
      assert.match(html, new RegExp(`client-id="${CLIENT_ID}"\\s+platform="${platform.url}"`));
      const credential = await issuer.sign({ aud: CLIENT_ID, nonce, sub: JANE.id });
      assert.match(await submit(cookie, { credential }), /^200 [\s\S]*Welcome, &lt;b&gt;Jane&lt;\/b&gt;/);
      assert.equal(platform.requests[0]?.url, `/1/users/${JANE.id}`);

      // The same form sent again, another browser's form, no form at all, and a withdrawn consent.
      assert.match(await submit(cookie, { credential }), /^400 [\s\S]*sent before/);
      assert.match(await submit((await open()).cookie, { credential }), /^400 [\s\S]*press the button again/);
      assert.match(await submit((await open()).cookie, {}), /^400 /);
      const again = await open();
      const other = await issuer.sign({ aud: CLIENT_ID, nonce: again.nonce });
      assert.match(await submit(again.cookie, { credential: other }), /^503 /);

      const signUp = (key: string) =>
        fetch(`${url}/signup`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': key },
          body: JSON.stringify({ userName: 'Hello@login.com', password: 'p', firstName: 'John', language: 'nl' }),
        });
      assert.equal((await signUp('wrong')).status, 401);
      const made = await signUp('signup-key');
      assert.equal(made.status, 201);
      assert.deepEqual(await made.json(), { id: 'hello@login.com', firstName: 'John', userName: 'Hello@login.com' });
      const known = await signUp('signup-key');
      assert.deepEqual(
        [known.status, await known.json()],
        [409, { message: 'Dit account bestaat al.', code: 'user_exists' }],
      );
    } finally {
      server.closeAllConnections();
      await close();
    }
  });
}

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PopupRequest } from '@signup-with-platform/protocol';
import type { NewApp } from '#storage/apps.ts';
import { handedToScripts, type Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

describe('GET /popup', () => {
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    platform = await startTestPlatform();
    ({ clientId } = await platform.createApp());
  });
  after(() => platform.close());

  const query = (more: Record<string, string> = {}): PopupRequest & Record<string, string> => ({
    client_id: clientId,
    origin: SHOP_ORIGIN,
    state: 'state-1',
    nonce: 'nonce-1',
    ...more,
  });
  const open = (more?: Record<string, string>) => platform.browser().openPopup(query(more));
  const openWithout = (name: string) =>
    platform.browser().get(`/popup?${new URLSearchParams(Object.entries(query()).filter(([key]) => key !== name))}`);

  it('is the first page itself, without a redirect', async () => {
    const response = await fetch(`${platform.url}/popup?${new URLSearchParams(query())}`, { redirect: 'manual' });
    assert.equal(response.status, 200);
    const page = await response.text();
    assert.match(page, /<h1>Sign in<\/h1>/);
    assert.match(page, /<bdi[^>]*>https:\/\/shop\.example<\/bdi>/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
  });

  it('goes to the realm of the app’s environment', async () => {
    for (const [environment, prefix] of [
      ['localhost', '/sandbox'],
      ['development:sandbox', '/sandbox'],
      ['production', ''],
    ] as const) {
      const app = await platform.createApp({ environment });
      const page = await open({ client_id: app.clientId });
      assert.match(page.form('/sign-in').action, new RegExp(`^${prefix}/interaction/[\\w-]+/sign-in$`));
      assert.equal(page.html.includes('action="/sandbox/'), prefix !== '');
    }
  });

  describe('shows what is wrong, and tells nobody else,', () => {
    const isSilent = (page: Page) => {
      assert.equal(page.delivery, undefined);
      assert.doesNotMatch(page.html, /postMessage|data-masked/);
      assert.equal(page.headers.getSetCookie().length, 0);
    };
    const rows: [title: string, open: () => Promise<Page>, status: number, heading: RegExp, hint?: RegExp][] = [
      ['without a client_id', () => openWithout('client_id'), 400, /sent an invalid request/, />client_id: required</],
      ['without an origin', () => openWithout('origin'), 400, /sent an invalid request/, /origin/],
      ['without a state', () => openWithout('state'), 400, /sent an invalid request/, /state/],
      [
        'with a state of 513 characters',
        () => open({ state: 'x'.repeat(513) }),
        400,
        /sent an invalid request/,
        />state: at most 512 characters</,
      ],
      ['with an empty state', () => open({ state: '' }), 400, /sent an invalid request/, />state: must not be empty</],
      [
        'with two client_ids',
        () => platform.browser().get(`/popup?${new URLSearchParams(query())}&client_id=x`),
        400,
        /sent an invalid request/,
        />client_id: must be given once</,
      ],
      [
        'for an app that there is not',
        () => open({ client_id: 'x'.repeat(32) }),
        400,
        /don’t know this shop/,
        /No app has this client_id/,
      ],
      [
        'for a client_id that is a property of every object',
        () => open({ client_id: '__proto__' }),
        400,
        /don’t know this shop/,
      ],
      ['for a client_id that is SQL', () => open({ client_id: "' or 1=1 --" }), 400, /don’t know this shop/],
      [
        'for an origin that is not registered',
        () => open({ origin: 'https://evil.example' }),
        403,
        /may not ask/,
        /https:\/\/evil\.example/,
      ],
      ['for *', () => open({ origin: '*' }), 403, /may not ask/],
      ['for null', () => open({ origin: 'null' }), 403, /may not ask/],
      ['for the origin with a slash', () => open({ origin: `${SHOP_ORIGIN}/` }), 403, /may not ask/],
      ['for the origin with another port', () => open({ origin: `${SHOP_ORIGIN}:8443` }), 403, /may not ask/],
      ['for the origin over http', () => open({ origin: 'http://shop.example' }), 403, /may not ask/],
      ['for a host below', () => open({ origin: 'https://a.shop.example' }), 403, /may not ask/],
      ['for a host that begins alike', () => open({ origin: 'https://shop.example.evil.example' }), 403, /may not ask/],
      [
        'for markup as the origin',
        () => open({ origin: '<script>alert(1)</script>' }),
        403,
        /may not ask/,
        /&lt;script&gt;/,
      ],
    ];
    for (const [title, request, status, heading, hint] of rows) {
      it(title, async () => {
        const page = await request();
        assert.equal(page.status, status);
        assert.match(page.heading, heading);
        if (hint) assert.match(page.html, hint);
        isSilent(page);
      });
    }

    it('for a disabled app, from the moment it is disabled until it is enabled', async () => {
      const app = await platform.createApp();
      assert.equal((await open({ client_id: app.clientId })).status, 200);
      await platform.storage.apps.setDisabled(app.appId, true);
      const page = await open({ client_id: app.clientId });
      assert.equal(page.status, 403);
      assert.match(page.heading, /disabled/);
      isSilent(page);
      await platform.storage.apps.setDisabled(app.appId, false);
      assert.equal((await open({ client_id: app.clientId })).status, 200);
    });
  });

  describe('tells the page that asked, when it is one that may ask,', () => {
    const rows: [title: string, query: Record<string, string>, description: RegExp][] = [
      ['that the nonce is empty', { nonce: '' }, /nonce/],
      ['that the nonce is too long', { nonce: 'x'.repeat(513) }, /nonce/],
      ['that the response type is none', { response_type: 'token' }, /^response_type: must be "id_token" or "code"$/],
      ['that several response types are too many', { response_type: 'code id_token' }, /response_type/],
      ['that a field is none', { fields: 'email shoe_size' }, /'shoe_size' is not a claim/],
      ['that a field is a property of every object', { fields: 'constructor' }, /'constructor' is not a claim/],
      ['that the fields are too many', { fields: 'email '.repeat(200) }, /fields/],
      [
        'that PKCE is S256',
        { response_type: 'code', code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' },
        /code_challenge_method/,
      ],
      ['that a code needs PKCE', { response_type: 'code' }, /PKCE/],
      ['that a challenge is 43 characters', { response_type: 'code', code_challenge: 'short' }, /code_challenge/],
    ];
    for (const [title, more, description] of rows) {
      it(title, async () => {
        const page = await open(more);
        assert.equal(page.delivery?.targetOrigin, SHOP_ORIGIN);
        const { error, error_description, state, iss, ...rest } = page.message;
        assert.equal(error, 'invalid_request');
        assert.match(error_description ?? '', description);
        assert.equal(state, 'state-1');
        assert.equal(iss, `${platform.url}/sandbox`);
        assert.deepEqual(rest, { type: 'signup-with-platform:response' });
      });
    }

    it('that the nonce is missing', async () => {
      assert.match((await openWithout('nonce')).message.error_description ?? '', /nonce/);
    });

    it('that it has not registered a field', async () => {
      const app = await platform.createApp({ fields: [{ field: 'email', required: true }] });
      const { message, delivery } = await open({ client_id: app.clientId, fields: 'email phone_number' });
      assert.equal(message.error, 'invalid_request');
      assert.match(message.error_description ?? '', /phone_number/);
      assert.equal(delivery?.targetOrigin, SHOP_ORIGIN);
    });
  });

  describe('tells it by its redirect URI,', () => {
    const uri = `${SHOP_ORIGIN}/back`;
    let wrong: Record<string, string>;
    before(async () => {
      const app = await platform.createApp({ redirectUris: [uri, 'https://other.example/back'] });
      wrong = { client_id: app.clientId, redirect_uri: uri, fields: 'shoe_size', state: 'a&b=c#d' };
    });
    const goTo = (more: Record<string, string>) =>
      fetch(`${platform.url}/popup?${new URLSearchParams({ ...query(), ...wrong, ...more })}`, {
        headers: { referer: `${SHOP_ORIGIN}/` },
        redirect: 'manual',
      });

    it('where the page itself came', async () => {
      const { status, headers } = await goTo({ mode: 'redirect' });
      assert.equal(status, 303);
      const [address, fragment] = (headers.get('location') ?? '').split('#');
      assert.equal(address, uri);
      const { error_description, ...response } = Object.fromEntries(new URLSearchParams(fragment));
      assert.match(error_description ?? '', /shoe_size/);
      const iss = `${platform.url}/sandbox`;
      assert.deepEqual(response, { state: 'a&b=c#d', iss, error: 'invalid_request' });
    });

    it('where the popup is cut off', async () => {
      const [handed] = handedToScripts(await (await goTo({})).text()).filter(({ relay }) => relay);
      assert.ok(handed?.relay?.startsWith(`${uri}#state=`));
    });

    it('and by no other', async () => {
      for (const redirect_uri of [
        'https://other.example/back',
        `${SHOP_ORIGIN}/elsewhere`,
        `${uri}/`,
        'javascript:alert(1)',
        'not an address',
      ]) {
        const response = await goTo({ mode: 'redirect', redirect_uri });
        assert.equal(response.status, 400, redirect_uri);
        assert.equal(response.headers.get('location'), null);
        assert.ok(handedToScripts(await response.text()).every(({ relay }) => relay === undefined));
      }
    });
  });

  describe('takes a redirect URI that stands for the page:', () => {
    const uri = `${SHOP_ORIGIN}/back`;
    // Each is registered, as that of another page of the same vendor.
    const elsewhere = [
      'https://other.example/back',
      `${SHOP_ORIGIN}:8443/back`,
      'http://shop.example/back',
      'https://a.shop.example/back',
      'https://shop.example.evil.example/back',
    ];
    const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
    let app: { client_id: string };
    before(async () => {
      const { clientId: client_id } = await platform.createApp({ redirectUris: [uri, ...elsewhere] });
      app = { client_id };
    });
    const goTo = (more: Record<string, string>) =>
      fetch(`${platform.url}/popup?${new URLSearchParams({ ...query(), ...app, ...more })}`, {
        headers: { referer: `${SHOP_ORIGIN}/` },
        redirect: 'manual',
      });

    it('one of its own origin, by either way', async () => {
      for (const mode of ['popup', 'redirect']) {
        const page = await open({ ...app, ...pkce, mode, redirect_uri: uri });
        assert.equal(page.status, 200, mode);
        assert.ok(page.form('/sign-in'));
      }
    });

    for (const redirect_uri of elsewhere) {
      it(`not ${redirect_uri}, to which a popup would relay`, async () => {
        const page = await open({ ...app, ...pkce, redirect_uri });
        assert.equal(page.status, 400);
        assert.equal(page.delivery?.targetOrigin, SHOP_ORIGIN);
        assert.equal(page.message.error, 'invalid_request');
        assert.match(page.message.error_description ?? '', /redirect_uri: must be of the origin of the page/);
        assert.equal(page.delivery?.relay, undefined);
        assert.doesNotMatch(page.html, /action="[^"]*sign-in/);
      });

      it(`not ${redirect_uri}, to which the page itself would go`, async () => {
        const response = await goTo({ ...pkce, mode: 'redirect', redirect_uri });
        assert.equal(response.status, 400);
        assert.equal(response.headers.get('location'), null);
        const page = await response.text();
        assert.match(page, /redirect_uri: must be of the origin of the page/);
        assert.ok(handedToScripts(page).every(({ relay }) => relay === undefined));
        assert.doesNotMatch(page, /action="[^"]*sign-in/);
      });
    }

    it('with PKCE, or what comes there could be redeemed by whoever sees it', async () => {
      const { message } = await open({ ...app, redirect_uri: uri });
      assert.match(message.error_description ?? '', /code_challenge: required with redirect_uri/);
      const back = new URL((await goTo({ mode: 'redirect', redirect_uri: uri })).headers.get('location') ?? '');
      const description = new URLSearchParams(back.hash.slice(1)).get('error_description');
      assert.match(description ?? '', /code_challenge: required with redirect_uri/);
    });

    it('and needs one where the page itself goes', async () => {
      const response = await goTo({ ...pkce, mode: 'redirect' });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /redirect_uri: required with mode=redirect/);
    });
  });

  describe('asks for', () => {
    /** Goes on to the consent page. @returns its fields, `!` for the required ones */
    async function askedFields(fields: string | undefined, app: Partial<NewApp> = {}): Promise<string[]> {
      const { clientId: client_id } = await platform.createApp(app);
      const browser = platform.browser();
      const first = await browser.openPopup(query({ client_id, ...(fields !== undefined && { fields }) }));
      const page = await browser.submit(first, '/persona', { persona: 'complete' });
      assert.match(page.heading, /^Share your details/);
      return [...page.html.matchAll(/<input type="(hidden|checkbox)"[^>]* name="share" value="(\w+)"/g)].map(
        ([, type, field]) => `${field}${type === 'hidden' ? '!' : ''}`,
      );
    }

    const rows: [fields: string | undefined, asked: string[]][] = [
      [undefined, ['name!', 'email!']],
      ['', ['name!', 'email!']],
      [' , ', ['name!', 'email!']],
      ['email', ['email!']],
      ['email name', ['name!', 'email!']],
      ['email,phone_number', ['email!', 'phone_number']],
      [' email ,  address,locale ', ['email!', 'address', 'locale']],
      ['given_name', ['name!']],
      ['email email email_verified', ['email!']],
    ];
    for (const [fields, asked] of rows) {
      it(`${asked.join(', ')} with fields=${JSON.stringify(fields)}`, async () => {
        assert.deepEqual(await askedFields(fields), asked);
      });
    }

    it('what the app registered as required, when it names nothing', async () => {
      const fields = [
        { field: 'phone_number', required: true },
        { field: 'email', required: false },
      ] as const;
      assert.deepEqual(await askedFields(undefined, { fields }), ['phone_number!']);
    });
  });

  it('speaks the language and wears the theme that are asked for', async () => {
    const page = await open({ language: 'de', theme: 'dark' });
    assert.match(page.html, /<html lang="de" dir="ltr" data-theme="dark">/);
    const arabic = await open({ language: 'ar-EG', theme: 'purple' });
    assert.match(arabic.html, /<html lang="ar" dir="rtl" ?>/);
    const own = platform.browser();
    own.headers = { 'accept-language': 'xx, fr-CA;q=0.9, en;q=0.1' };
    assert.match((await own.openPopup(query())).html, /<html lang="fr"/);
  });

  it('carries hostile but well-formed values as text', async () => {
    const state = '"><script>alert(1)</script>\u2028';
    const page = await open({ state, fields: 'nonsense' });
    assert.equal(page.message.state, state);
    assert.doesNotMatch(page.html, /<script>alert/);
  });

  it('is nothing but a GET', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const response = await fetch(`${platform.url}/popup?${new URLSearchParams(query())}`, { method });
      assert.equal(response.status, 404);
    }
  });
});

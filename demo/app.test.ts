import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { CLIENT_ID, hiddenFields, JANE, JANE_CLAIMS, startTestStore, TestBrowser, type TestStore } from './testing.ts';

let store: TestStore;
before(async () => {
  store = await startTestStore();
});
after(() => store[Symbol.asyncDispose]());

const customers = () => store.rows('SELECT * FROM customers');

/** Opens the page, gets a credential for it, and posts the form. */
async function signUp(browser: TestBrowser, claims: Record<string, unknown> = {}, fields: Record<string, string> = {}) {
  const hidden = await browser.openRegistration();
  const credential = await store.platform.sign({ ...JANE_CLAIMS, nonce: hidden.nonce, ...claims });
  const form = { ...JANE, ...hidden, credential, ...fields };
  return { form, response: await browser.post('/register', form) };
}

async function refused(response: Response, status: number, words: RegExp): Promise<string> {
  assert.equal(response.status, status);
  const page = await response.text();
  assert.match(page, words);
  return page;
}

describe('with the platform', () => {
  test('a new customer signs up, is welcomed, and is stored by iss and sub', async () => {
    const browser = new TestBrowser(store);
    const { response } = await signUp(browser, { sub: 'user_new' });
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), '/welcome');

    const page = await browser.get('/welcome');
    assert.match(page, /Welcome, <bdi>Jane<\/bdi>/);
    assert.match(page, /Verified by Platform/);
    assert.match(page, /Email confirmed/);
    assert.match(page, /Amsterdam/);
    assert.match(page, /What just happened/);
    assert.match(page, /Your name and email address, as you agreed/);
    assert.match(page, /Your phone number and postal address at Platform: not shared\. The shop has a copy of its own/);
    assert.equal(page.match(/Our own copy</g)?.length, 2, 'what Jane typed is marked');
    assert.match(page, /&quot;sub&quot;: &quot;user_new&quot;|"sub": "user_new"/);
    const [row] = store.rows("SELECT iss, sub FROM customers WHERE sub = 'user_new'");
    assert.deepEqual({ ...row }, { iss: store.platform.issuer, sub: 'user_new' });
    assert.match(await browser.get('/'), /<bdi>Jane<\/bdi>/);
  });

  test('a returning customer is found, whatever the email address', async () => {
    const browser = new TestBrowser(store);
    await signUp(browser, { sub: 'user_back' });
    const page = await browser.get('/welcome');
    await browser.post('/sign-out', { csrf: hiddenFields(page).csrf });
    assert.equal(browser.cookie, undefined);
    assert.equal((await browser.fetch('/welcome')).headers.get('location'), '/register');

    await signUp(browser, { sub: 'user_back', email: 'jane@new.example' }, { email: 'jane@new.example', locality: '' });
    const back = await browser.get('/welcome');
    assert.match(back, /Welcome back, <bdi>Jane/);
    assert.match(back, /jane@new\.example/);
    assert.match(back, /Amsterdam/, 'an empty field does not erase a stored value');
    assert.equal(store.rows("SELECT id FROM customers WHERE sub = 'user_back'").length, 1);
  });

  test('the same form sent twice is refused the second time', async () => {
    const browser = new TestBrowser(store);
    const { form } = await signUp(browser, { sub: 'user_twice' });
    await refused(await browser.post('/register', form), 403, /out of date/);

    // The same again with a form of the current session, so that only the nonce is wrong.
    const other = new TestBrowser(store);
    const fresh = await other.openRegistration();
    await refused(await other.post('/register', { ...form, csrf: fresh.csrf }), 400, /not signed up yet/);
    await refused(await other.post('/register', { ...form, ...fresh }), 400, /not signed up yet/);
    assert.equal(store.rows("SELECT id FROM customers WHERE sub = 'user_twice'").length, 1);
  });

  test('of two equal forms at the same time, one is accepted', async () => {
    const browser = new TestBrowser(store);
    const hidden = await browser.openRegistration();
    const credential = await store.platform.sign({ ...JANE_CLAIMS, sub: 'user_race', nonce: hidden.nonce });
    const form = { ...JANE, ...hidden, credential };
    const statuses = await Promise.all([1, 2, 3].map(async () => (await browser.post('/register', form)).status));
    assert.equal(statuses.filter((status) => status === 303).length, 1, String(statuses));
  });

  test("a credential for another session's nonce is refused, and a refused one uses up the nonce", async () => {
    const [mallory, victim] = [new TestBrowser(store), new TestBrowser(store)];
    const stolen = await victim.openRegistration();
    const own = await mallory.openRegistration();
    const credential = await store.platform.sign({ ...JANE_CLAIMS, nonce: stolen.nonce });
    const before = customers().length;
    await refused(await mallory.post('/register', { ...JANE, ...own, credential }), 400, /not signed up yet/);
    assert.match(store.logged.at(-2) ?? '', /"code":"wrong_nonce","hint":"[^"]+"/);
    await refused(
      await mallory.post('/register', { ...JANE, csrf: own.csrf, nonce: stolen.nonce, credential }),
      400,
      /not signed up/,
    );

    const good = await store.platform.sign({ ...JANE_CLAIMS, nonce: own.nonce });
    await refused(await mallory.post('/register', { ...JANE, ...own, credential: good }), 400, /open for too long/);
    assert.equal(customers().length, before);
    assert.doesNotMatch(await mallory.get('/'), /Sign out/);
  });

  test('credentials for another app or realm, forged, expired or malformed ones are refused', async () => {
    const stranger = await store.platform.createKey();
    const [published] = store.platform.keys;
    assert.ok(published);
    const before = customers().length;
    const cases: [string, (nonce: string) => Promise<string>][] = [
      ['wrong_audience', (nonce) => store.platform.sign({ ...JANE_CLAIMS, nonce, aud: 'another-app' })],
      [
        'wrong_issuer',
        (nonce) => store.platform.sign({ ...JANE_CLAIMS, nonce, iss: new URL(store.platform.issuer).origin }),
      ],
      ['bad_signature', (nonce) => store.platform.sign({ ...JANE_CLAIMS, nonce }, { ...stranger, kid: published.kid })],
      ['expired', (nonce) => store.platform.sign({ ...JANE_CLAIMS, nonce, exp: Math.floor(Date.now() / 1000) - 60 })],
      ['malformed_credential', async () => 'nonsense'],
    ];
    for (const [code, make] of cases) {
      const browser = new TestBrowser(store);
      const hidden = await browser.openRegistration();
      const response = await browser.post('/register', { ...JANE, ...hidden, credential: await make(hidden.nonce) });
      const page = await refused(response, 400, /What you typed is kept/);
      assert.match(page, /value="jane@example\.com"/);
      assert.match(page, /<option value="NL" selected>/);
      assert.notEqual(hiddenFields(page).nonce, hidden.nonce);
      assert.ok(
        store.logged.some((line) => line.includes(`"code":"${code}"`) && line.includes('"hint":')),
        code,
      );
      assert.doesNotMatch(page, new RegExp(code), 'codes are for the log');
    }
    assert.equal(customers().length, before);
  });

  test('the credential never reaches the log', async () => {
    const { form } = await signUp(new TestBrowser(store), { aud: 'another-app' });
    assert.ok(!store.logged.some((line) => line.includes(form.credential)));
  });

  test('while the platform cannot be reached, the form is kept and nobody is signed in', async () => {
    await using alone = await startTestStore();
    alone.platform.failWith(503);
    const browser = new TestBrowser(alone);
    const hidden = await browser.openRegistration();
    const credential = await alone.platform.sign({ ...JANE_CLAIMS, nonce: hidden.nonce });
    const response = await browser.post('/register', { ...JANE, ...hidden, credential });
    await refused(response, 503, /could not reach Platform/);
    assert.equal(alone.rows('SELECT id FROM customers').length, 0);
  });

  test('a mistake in the form keeps the credential attached', async () => {
    const browser = new TestBrowser(store);
    const { form, response } = await signUp(browser, { sub: 'user_typo' }, { email: 'jane' });
    const page = await refused(response, 422, /email address like/);
    assert.match(page, /still attached/);
    assert.ok(page.includes(`name="credential" value="${form.credential}"`));
    assert.deepEqual(hiddenFields(page), { csrf: form.csrf, nonce: form.nonce });
    const corrected = await browser.post('/register', { ...form, email: 'other@example.com' });
    assert.equal(corrected.status, 303);
    assert.match(
      await browser.get('/welcome'),
      /Email not confirmed/,
      'an address that the platform did not confirm is not marked as confirmed',
    );
  });

  test('an unconfirmed address of the credential is shown as unconfirmed', async () => {
    const browser = new TestBrowser(store);
    await signUp(browser, { sub: 'user_unverified', email_verified: false });
    const page = await browser.get('/welcome');
    assert.match(page, /Verified by Platform/);
    assert.match(page, /Email not confirmed/);
  });

  test('signing in replaces the session, so that a planted one is useless', async () => {
    const browser = new TestBrowser(store);
    await browser.openRegistration();
    const planted = browser.cookie;
    await signUp(browser, { sub: 'user_fixation' });
    assert.ok(browser.cookie && browser.cookie !== planted);

    const attacker = new TestBrowser(store);
    attacker.cookie = planted;
    assert.equal((await attacker.fetch('/welcome')).headers.get('location'), '/register');
  });
});

describe('without the platform', () => {
  test('the form alone creates a customer, without a badge', async () => {
    const browser = new TestBrowser(store);
    const hidden = await browser.openRegistration();
    const response = await browser.post('/register', { ...JANE, ...hidden, credential: '' });
    assert.equal(response.status, 303);
    const page = await browser.get('/welcome');
    assert.match(page, /Welcome, <bdi>Jane/);
    assert.doesNotMatch(page, /Verified by/);
    assert.doesNotMatch(page, /What just happened/);
    assert.match(page, /Email not confirmed/);
  });

  test('two customers with the same email address are never merged, in either order', async () => {
    const email = 'shared@example.com';
    const byForm = async () => {
      const browser = new TestBrowser(store);
      await browser.post('/register', { ...JANE, ...(await browser.openRegistration()), email });
    };
    await byForm();
    await signUp(new TestBrowser(store), { sub: 'user_shared_1', email }, { email });
    await signUp(new TestBrowser(store), { sub: 'user_shared_2', email }, { email });
    await byForm();
    const rows = store.rows(`SELECT sub FROM customers WHERE email = '${email}' ORDER BY sub`);
    assert.deepEqual(
      rows.map((row) => row['sub']),
      [null, null, 'user_shared_1', 'user_shared_2'],
    );
  });

  test('a missing or malformed value is reported beside its field', async () => {
    const browser = new TestBrowser(store);
    const hidden = await browser.openRegistration();
    const fields = {
      ...JANE,
      ...hidden,
      given_name: ' ',
      email: 'not an address',
      phone_number: 'call me',
      country: 'XX',
    };
    const page = await refused(await browser.post('/register', fields), 422, /Please check 4 fields/);
    for (const name of ['given_name', 'email', 'phone_number', 'country']) {
      assert.match(page, new RegExp(`id="${name}-error"`));
      assert.match(page, new RegExp(`<a href="#${name}"`));
    }
    assert.match(page, /value="not an address"/);
  });

  test('names in every script, mononyms and several lines of street are accepted', async () => {
    const browser = new TestBrowser(store);
    const hidden = await browser.openRegistration();
    const fields = {
      ...JANE,
      ...hidden,
      given_name: 'عبد الرحمن',
      family_name: '',
      street_address: 'c/o Nagy\r\nFő utca 3',
    };
    assert.equal((await browser.post('/register', fields)).status, 303);
    const page = await browser.get('/welcome');
    assert.match(page, /<bdi>عبد الرحمن<\/bdi>/);
    assert.match(page, /c\/o Nagy<\/bdi><bdi class="line">Fő utca 3/);
  });
});

describe('hostile', () => {
  test('markup in a name, an address or a claim stays text on each page', async () => {
    const evil = `"><img src=x onerror=alert(1)></textarea></title></pre><script>alert(1)</script>'&`;
    const browser = new TestBrowser(store);
    const { response } = await signUp(
      browser,
      { sub: 'user_evil', name: evil, picture: evil },
      { given_name: evil, family_name: evil, street_address: evil, locality: evil },
    );
    assert.equal(response.status, 303);
    for (const path of ['/', '/welcome', '/nowhere']) {
      const page = await browser.get(path);
      assert.doesNotMatch(page, /<img/i, path);
      assert.doesNotMatch(page, /<script>alert/i, path);
      assert.match(page, /&lt;img/, path);
    }
    const visitor = new TestBrowser(store);
    const hidden = await visitor.openRegistration();
    const again = await visitor.post('/register', {
      ...JANE,
      ...hidden,
      given_name: evil,
      email: evil,
      street_address: evil,
      credential: evil,
    });
    const page = await refused(again, 422, /Please check/);
    assert.doesNotMatch(page, /<img/i);
    assert.doesNotMatch(page, /<script>alert/i);
  });

  test('a post without our token, or with another session’s token, changes nothing', async () => {
    const [browser, other] = [new TestBrowser(store), new TestBrowser(store)];
    const own = await browser.openRegistration();
    const foreign = await other.openRegistration();
    const before = customers().length;
    const posts: Record<string, string>[] = [
      { ...JANE },
      { ...JANE, ...own, csrf: foreign.csrf },
      { ...JANE, ...own, csrf: '' },
    ];
    for (const fields of posts) await refused(await browser.post('/register', fields), 403, /out of date/);
    const { cookie } = browser;
    browser.cookie = undefined;
    const withoutSession = await browser.post('/register', { ...JANE, ...own });
    assert.equal(withoutSession.status, 403);
    assert.deepEqual(withoutSession.headers.getSetCookie(), [], 'a foreign post must not replace a cookie');
    browser.cookie = cookie;

    await signUp(browser, { sub: 'user_csrf' });
    assert.equal((await browser.post('/sign-out', {})).status, 403);
    assert.match(await browser.get('/'), /Sign out/);
    assert.equal(customers().length, before + 1);
  });

  test('repeated fields, JSON and large bodies are refused', async () => {
    const browser = new TestBrowser(store);
    const hidden = await browser.openRegistration();
    const credential = await store.platform.sign({ ...JANE_CLAIMS, sub: 'user_double', nonce: hidden.nonce });
    const twice = new URLSearchParams({ ...JANE, ...hidden, credential });
    twice.append('credential', credential);
    await refused(await browser.fetch('/register', { method: 'POST', body: twice }), 400, /not signed up yet/);

    const names = new URLSearchParams({ ...JANE, ...hidden });
    names.append('given_name', 'Mallory');
    await refused(await browser.fetch('/register', { method: 'POST', body: names }), 422, /Please check/);

    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    await refused(await browser.fetch('/register', { ...json, body: '{"csrf":{"length":1}}' }), 403, /out of date/);
    await refused(await browser.fetch('/register', { ...json, body: '{' }), 400, /could not read/);
    await refused(await browser.post('/register', { csrf: 'x'.repeat(100_000) }), 413, /could not read/);
  });

  test('an internal error shows a number and no stack', async () => {
    await using broken = await startTestStore();
    const browser = new TestBrowser(broken);
    const hidden = await browser.openRegistration();
    broken.rows('DROP TABLE customers');
    const response = await browser.post('/register', { ...JANE, ...hidden });
    const page = await refused(response, 500, /our mistake/);
    assert.ok(page.includes(response.headers.get('x-request-id') ?? 'none'));
    assert.doesNotMatch(page, /no such table|\.ts:/);
  });
});

describe('around it', () => {
  test('cookies are HttpOnly and Lax, and over https also Secure and __Host-', async () => {
    const browser = new TestBrowser(store);
    assert.equal((await browser.fetch('/')).headers.getSetCookie().length, 0, 'looking around needs no cookie');
    await browser.openRegistration();
    assert.match(
      browser.setCookie ?? '',
      /^fern_and_field_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/,
    );
    assert.ok(
      !store.rows('SELECT token_hash FROM sessions').some((row) => browser.cookie?.includes(String(row['token_hash']))),
    );

    await using secure = await startTestStore({ secureCookies: true });
    const other = new TestBrowser(secure);
    const response = await other.fetch('/register');
    assert.match(other.setCookie ?? '', /^__Host-fern_and_field_session=.*; Path=\/; HttpOnly; SameSite=Lax; Secure;/);
    assert.match(response.headers.get('strict-transport-security') ?? '', /max-age/);
  });

  test('what browsers load beside the pages comes as it was built', async () => {
    const found = async (path: string) => {
      const response = await fetch(`${store.url}${path}`);
      return `${response.status} ${response.headers.get('content-type')?.split(';')[0]}`;
    };
    assert.equal(await found('/registration.js'), '200 application/javascript');
    assert.equal(await found('/store.css'), '200 text/css');
    assert.equal(await found('/favicon.svg'), '200 image/svg+xml');
    // The style sheet refers to it by this address.
    assert.equal(await found('/chevron.svg'), '200 image/svg+xml');
  });

  test('each response forbids framing and inline code, and keeps the popup connected', async () => {
    const platform = new URL(store.platform.issuer).origin;
    for (const path of ['/', '/register', '/nowhere', '/store.css', '/tokens.css', '/registration.js', '/healthz']) {
      const { headers } = await fetch(`${store.url}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'/, path);
      assert.match(policy, /frame-ancestors 'none'/, path);
      assert.match(policy, /style-src 'self'(;|$)/, path);
      assert.ok(policy.includes(`script-src 'self' ${platform};`) && policy.includes(`connect-src ${platform};`), path);
      assert.doesNotMatch(policy, /unsafe/, path);
      assert.equal(headers.get('x-frame-options'), 'DENY', path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('cross-origin-opener-policy'), null, path);
    }
    for (const path of ['/', '/register', '/nowhere']) {
      const page = await (await fetch(`${store.url}${path}`)).text();
      assert.doesNotMatch(page, / style=|<style|<script(?![^>]* src=)| on\w+=/, path);
    }
  });

  test('the registration page has the tag as a vendor would write it', async () => {
    const browser = new TestBrowser(store);
    const page = await browser.get('/register');
    const { nonce } = hiddenFields(page);
    const platform = new URL(store.platform.issuer).origin;
    assert.ok(page.includes(`<script type="module" src="${platform}/widget.js"></script>`));
    const tag = /<signup-with-platform\s[^>]*>/.exec(page)?.[0].replaceAll(/\s+/g, ' ');
    const identity = `client-id="${CLIENT_ID}" platform="${platform}" nonce="${nonce}"`;
    assert.equal(tag, `<signup-with-platform ${identity} fields="name email phone_number address" name="credential" >`);
    for (const token of [
      'given-name',
      'family-name',
      'email',
      'tel',
      'street-address',
      'postal-code',
      'address-level2',
      'country',
    ]) {
      assert.match(page, new RegExp(`autocomplete="${token}"`));
    }
    assert.notEqual(hiddenFields(await browser.get('/register')).nonce, nonce, 'each page view has its own nonce');
  });

  test('the number of nonces per session is limited, and the newest ones work', async () => {
    const browser = new TestBrowser(store);
    const first = await browser.openRegistration();
    for (let view = 0; view < 20; view += 1) await browser.openRegistration();
    const credential = await store.platform.sign({ ...JANE_CLAIMS, nonce: first.nonce });
    await refused(await browser.post('/register', { ...JANE, ...first, credential }), 400, /open for too long/);
    assert.equal((await signUp(browser, { sub: 'user_many_tabs' })).response.status, 303);
  });

  test('the registration page leads a signed-in customer to the account', async () => {
    const browser = new TestBrowser(store);
    await signUp(browser, { sub: 'user_signed_in' });
    const response = await browser.fetch('/register');
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), '/welcome');
  });

  test('the API is called with the key, and the page works without its answer', async () => {
    const asked: unknown[] = [];
    const api = createServer((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      response.setHeader('content-type', 'application/json').end('{"id":"user_api","phone_number":"<b>+31</b>"}');
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const platformUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    await using withKey = await startTestStore({ apiKey: 'sk_test_secret', platformUrl });
    const browser = new TestBrowser(withKey);
    const hidden = await browser.openRegistration();
    const credential = await withKey.platform.sign({ ...JANE_CLAIMS, sub: 'user/api', nonce: hidden.nonce });
    await browser.post('/register', { ...JANE, ...hidden, credential });

    const page = await browser.get('/welcome');
    assert.deepEqual(asked, [['/1/users/user%2Fapi', `Basic ${btoa('sk_test_secret:')}`]]);
    assert.match(page, /GET \/1\/users\/user%2Fapi/);
    assert.match(page, /&lt;b&gt;\+31/);
    assert.ok(!page.includes('sk_test_secret'));
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
    const silent = await browser.fetch('/welcome');
    assert.equal(silent.status, 200);
    assert.match(await silent.text(), /no answer in time/);
  });

  test('a customer who stopped sharing at the platform sees that the shop can no longer read', async () => {
    let status = 200;
    const api = createServer((_request, response) => {
      const body =
        status === 200 ? { id: 'user_left' } : { error: 'not_found', status, message: 'There is no such user' };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const platformUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    await using withKey = await startTestStore({ apiKey: 'sk_test_secret', platformUrl });
    const browser = new TestBrowser(withKey);
    const hidden = await browser.openRegistration();
    const credential = await withKey.platform.sign({ ...JANE_CLAIMS, sub: 'user_left', nonce: hidden.nonce });
    await browser.post('/register', { ...JANE, ...hidden, credential });
    assert.match(await browser.get('/welcome'), /class="badge".*Verified by/s);

    status = 404;
    const left = await browser.get('/welcome');
    assert.match(left, /You no longer share your details with us\./);
    assert.doesNotMatch(left, /class="badge"/);
    assert.match(left, /jane/i, 'the shop keeps its own copy');
    // What is out of order for a moment says nothing about consent.
    status = 503;
    assert.doesNotMatch(await browser.get('/welcome'), /no longer share/);
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
  });

  test('a customer who stopped sharing some of it sees what, and which details are copies', async () => {
    const user = { id: 'user_part', first_name: 'Jane', last_name: 'Doe', email: null as string | null };
    const api = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(user));
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const platformUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
    await using withKey = await startTestStore({ apiKey: 'sk_test_secret', platformUrl });
    const browser = new TestBrowser(withKey);
    const hidden = await browser.openRegistration();
    const credential = await withKey.platform.sign({ ...JANE_CLAIMS, sub: 'user_part', nonce: hidden.nonce });
    await browser.post('/register', { ...JANE, phone_number: '', ...hidden, credential });
    const page = await browser.get('/welcome');
    assert.match(page, /You no longer share your email address with us\./);
    assert.match(page, /Verified by Platform/);
    assert.match(page, /jane@example\.com<\/bdi>.*?Our own copy/s);
    assert.doesNotMatch(page, /Jane Doe<\/bdi>[^<]*(<!--.*?-->)*\s*<span[^>]*>Our own copy/);
    assert.match(page, /Your phone number: not shared</);
    user.email = 'jane@example.com';
    assert.doesNotMatch(await browser.get('/welcome'), /no longer share/);
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
  });

  test('the platform may show the logo, and nothing else of the store', async () => {
    const policyOf = async (path: string) =>
      (await fetch(`${store.url}${path}`)).headers.get('cross-origin-resource-policy');
    assert.equal(await policyOf('/favicon.svg'), 'cross-origin');
    for (const path of ['/', '/store.css', '/registration.js', '/chevron.svg']) {
      assert.equal(await policyOf(path), 'same-origin', path);
    }
  });

  test('healthz', async () => {
    const response = await fetch(`${store.url}/healthz`);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { status: 'ok' });
  });
});

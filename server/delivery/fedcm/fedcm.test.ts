import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { verifyCredential } from '../../../client/index.ts';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import { hasFedcm } from '../../engine/fedcm-availability.ts';
import type { NewAccount } from '../../storage/accounts.ts';
import type { NewApp } from '../../storage/apps.ts';
import { type HttpBrowser, handedToScripts, type Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

/** What the last page of a window of FedCM's gives to the browser. */
function handedToFedcm({ html }: Page): { credential?: string; accountId?: string } {
  const [script = ''] = /<script data-masked="[^"]*">[^<]*IdentityProvider/.exec(html) ?? [];
  return handedToScripts(script)[0]?.message as object;
}

const PASSWORD = 'an engine of difference';
/** Where an app has one more page. */
const SECOND = 'https://second.example';
const FIELDS = [
  { field: 'name', required: true },
  { field: 'email', required: true },
  { field: 'phone_number', required: true },
  { field: 'picture', required: false },
] as const;

describe('FedCM', () => {
  let platform: TestPlatform;
  let passwordHash: string;
  before(async () => {
    platform = await startTestPlatform();
    passwordHash = await hashPassword(PASSWORD);
  });
  after(() => platform.close());

  const newApp = (app: Partial<NewApp> = {}) =>
    platform.createApp({ environment: 'production', fields: FIELDS, ...app });

  interface Person {
    browser: HttpBrowser;
    id: string;
    email: string;
  }
  async function signedIn(profile: NewAccount = {}): Promise<Person> {
    const email = `${crypto.randomUUID()}@example.com`;
    const { id } = await platform.storage.realm('production').accounts.create({
      email,
      emailVerified: true,
      givenName: 'Ada',
      familyName: 'Byron',
      passwordHash,
      ...profile,
    });
    const browser = platform.browser();
    await browser.submit(await browser.get('/account/sign-in'), '/account/sign-in', { email, password: PASSWORD });
    return { browser, id, email };
  }

  /** Asks as a browser does for FedCM: of the cookies, those with SameSite=None alone. */
  async function ask(
    person: Pick<Person, 'browser'> | undefined,
    path: string,
    { form, headers = {} }: { form?: Record<string, string>; headers?: Record<string, string | undefined> } = {},
  ) {
    const cookie = person?.browser
      .cookieHeader('/fedcm')
      .split('; ')
      .filter((pair) => pair.includes('-fedcm='))
      .join('; ');
    const all = { 'sec-fetch-dest': 'webidentity', cookie, ...(form && { origin: SHOP_ORIGIN }), ...headers };
    const response = await fetch(platform.url + path, {
      method: form ? 'POST' : 'GET',
      headers: Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => !!pair[1])),
      ...(form && { body: new URLSearchParams(form) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: each test looks at what it expects
    const body = (await response.json()) as any;
    return { status: response.status, body, cors: response.headers.get('access-control-allow-origin') };
  }

  const formOf = (
    clientId: string,
    { id }: Pick<Person, 'id'>,
    params: Record<string, string> = {},
    disclosed = 'name,email',
  ) => ({
    client_id: clientId,
    account_id: id,
    disclosure_text_shown: 'false',
    ...(disclosed && { disclosure_shown_for: disclosed }),
    is_auto_selected: 'false',
    mode: 'active',
    params: JSON.stringify({ nonce: 'n-1', fields: 'name email', ...params }),
  });
  const assertion = (
    person: Person,
    clientId: string,
    params?: Record<string, string>,
    disclosed?: string,
    headers?: Record<string, string | undefined>,
  ) =>
    ask(person, '/fedcm/assertion', { form: formOf(clientId, person, params, disclosed), ...(headers && { headers }) });
  const grantOf = (clientId: string, { id }: Person) =>
    platform.storage.realm('production').grants.findFor(clientId, id);

  it('says where everything is', async () => {
    const { body } = await ask(undefined, '/.well-known/web-identity');
    assert.deepEqual(body, {
      provider_urls: [`${platform.url}/fedcm/config.json`],
      accounts_endpoint: `${platform.url}/fedcm/accounts`,
      login_url: `${platform.url}/account/fedcm`,
    });
    const config = (await ask(undefined, '/fedcm/config.json')).body;
    assert.equal(config.id_assertion_endpoint, '/fedcm/assertion');
    assert.deepEqual(config.branding, { background_color: '#3346d3', color: '#ffffff' });
  });

  it('tells of an app what is public, and to its own pages by CORS too', async () => {
    const { clientId } = await newApp({ privacyPolicyUri: 'https://shop.example/privacy' });
    const path = `/fedcm/client-metadata?client_id=${clientId}`;
    const { body, cors } = await ask(undefined, path, { headers: { origin: SHOP_ORIGIN } });
    assert.equal(body.privacy_policy_url, 'https://shop.example/privacy');
    assert.ok(body.default_claims.includes('email') && !body.default_claims.includes('picture'));
    assert.equal(cors, SHOP_ORIGIN);
    assert.equal((await ask(undefined, path, { headers: { origin: 'https://evil.example' } })).cors, null);
    for (const app of [await newApp({ environment: 'localhost' }), { clientId: 'nobody' }]) {
      const answer = await ask(undefined, `/fedcm/client-metadata?client_id=${app.clientId}`);
      assert.deepEqual(
        [answer.status, answer.body, answer.cors],
        [403, { error: { code: 'unauthorized_client' } }, null],
      );
    }
  });

  it('lists who is signed in, with the apps that they agreed to, to a browser alone', async () => {
    const person = await signedIn();
    const { clientId } = await newApp();
    assert.deepEqual((await ask(person, '/fedcm/accounts')).body.accounts[0].approved_clients, []);
    await assertion(person, clientId);
    const { body, cors } = await ask(person, '/fedcm/accounts');
    assert.deepEqual(body.accounts, [
      {
        id: person.id,
        name: 'Ada Byron',
        email: person.email,
        given_name: 'Ada',
        login_hints: [person.email],
        approved_clients: [clientId],
      },
    ]);
    assert.equal(cors, null);
    for (const dest of [undefined, 'empty', 'document']) {
      const { status, body: refusal } = await ask(person, '/fedcm/accounts', { headers: { 'sec-fetch-dest': dest } });
      assert.deepEqual([status, refusal], [400, { error: { code: 'invalid_request' } }]);
    }
  });

  it('knows nobody by the cookie of the session, by a cookie of another making, or after the session is over', async () => {
    const person = await signedIn();
    const session = person.browser.cookieHeader('/').replace(/production-fedcm=[^;]*;? ?/, '');
    const own = /production-fedcm=([^;]*)/.exec(person.browser.cookieHeader('/'))?.[1] ?? '';
    const [uid = '', signature = ''] = own.split('.');
    assert.ok(uid && signature);
    const forged = [session, `production-fedcm=${uid}`, `production-fedcm=${uid}.${'A'.repeat(signature.length)}`];
    for (const cookie of [...forged, `production-fedcm=${uid}x.${signature}`])
      assert.equal((await ask(person, '/fedcm/accounts', { headers: { cookie } })).status, 401, cookie);
    assert.equal((await ask(person, '/fedcm/accounts')).status, 200);
    await person.browser.submit(await person.browser.get('/account'), '/sign-out');
    assert.ok(!person.browser.cookieHeader('/').includes('production-fedcm='));
    const cookie = `production-fedcm=${own}`;
    assert.equal((await ask(person, '/fedcm/accounts', { headers: { cookie } })).status, 401);
  });

  it('announces who signs in and out, in the popup and at the portal, and nothing of the sandbox', async () => {
    const { clientId } = await newApp();
    const request = { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
    const person = await signedIn();
    const home = await person.browser.get('/account');
    assert.equal(home.headers.get('set-login'), 'logged-in');
    assert.equal((await person.browser.openPopup(request)).headers.get('set-login'), 'logged-in');
    const line = person.browser.cookieLines.findLast((text) => text.startsWith('production-fedcm='));
    assert.match(
      line ?? '',
      /^production-fedcm=[\w-]+\.[\w-]{43}; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=None$/,
    );

    const stranger = platform.browser();
    assert.equal((await stranger.openPopup(request)).headers.get('set-login'), 'logged-out');
    assert.ok(!stranger.cookieNames.includes('production-fedcm'));
    const sandbox = await newApp({ environment: 'localhost' });
    const page = await stranger.openPopup({ ...request, client_id: sandbox.clientId });
    assert.equal(page.headers.get('set-login'), null);
  });

  it('keeps its cookie when another site embeds an address of ours', async () => {
    const { clientId } = await newApp();
    const person = await signedIn();
    const cookie = person.browser.cookieHeader('/').match(/production-fedcm=[^;]+/)?.[0] ?? '';
    assert.ok(cookie);
    const query = new URLSearchParams({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    for (const dest of ['image', 'iframe', 'empty', 'script']) {
      const { headers } = await fetch(`${platform.url}/popup?${query}`, {
        headers: { cookie, 'sec-fetch-dest': dest, 'sec-fetch-site': 'cross-site' },
      });
      assert.equal(headers.get('set-login'), null, dest);
      assert.deepEqual(
        headers.getSetCookie().filter((line) => line.includes('fedcm')),
        [],
        dest,
      );
    }
  });

  it('lets no page read what is for the browser, by any way that a page has', async () => {
    const person = await signedIn();
    const { clientId } = await newApp();
    const cookie = person.browser.cookieHeader('/fedcm');
    for (const path of ['/fedcm/accounts', '/fedcm/assertion', '/fedcm/disconnect']) {
      const preflight = await fetch(platform.url + path, {
        method: 'OPTIONS',
        headers: {
          origin: SHOP_ORIGIN,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'sec-fetch-dest',
        },
      });
      assert.equal(preflight.headers.get('access-control-allow-origin'), null, path);
    }
    // A link, or a form of another site's: the browser says where it leads.
    assert.notEqual((await fetch(`${platform.url}/fedcm/assertion`, { headers: { cookie } })).status, 200);
    const json = await fetch(`${platform.url}/fedcm/assertion`, {
      method: 'POST',
      headers: { cookie, origin: SHOP_ORIGIN, 'sec-fetch-dest': 'webidentity', 'content-type': 'application/json' },
      body: JSON.stringify(formOf(clientId, person)),
    });
    assert.equal(json.status, 415);
  });

  it('answers the one origin that asked, with credentials, and no cache gives it to another', async () => {
    const person = await signedIn();
    const { clientId } = await newApp({ origins: [SHOP_ORIGIN, SECOND] });
    for (const origin of [SHOP_ORIGIN, SECOND]) {
      const response = await fetch(`${platform.url}/fedcm/assertion`, {
        method: 'POST',
        headers: { cookie: person.browser.cookieHeader('/fedcm'), origin, 'sec-fetch-dest': 'webidentity' },
        body: new URLSearchParams(formOf(clientId, person)),
      });
      assert.equal(response.status, 200);
      const headers = ['access-control-allow-origin', 'access-control-allow-credentials', 'cache-control', 'vary'];
      assert.deepEqual(
        headers.map(
          (name) =>
            response.headers.get(name)?.toLowerCase().split(/, */).includes('origin') || response.headers.get(name),
        ),
        [origin, 'true', 'no-store', true],
      );
    }
  });

  it('gives the credential of the popup, once the browser has disclosed name and e-mail, and keeps the consent', async () => {
    const person = await signedIn();
    const { clientId, issuer } = await newApp();
    const { status, body, cors } = await assertion(person, clientId);
    assert.deepEqual([status, cors], [200, SHOP_ORIGIN]);
    const claims = await verifyCredential(body.token, { clientId, issuer, nonce: 'n-1', algorithms: ['ES256'] });
    const user = await platform.storage.realm('production').users.findByAccount(clientId, person.id);
    assert.deepEqual(
      { sub: claims.sub, name: claims.name, email: claims.email, environment: claims['environment'] },
      { sub: user?.id, name: 'Ada Byron', email: person.email, environment: 'production' },
    );
    assert.equal(claims['is_new_user'], true);
    const entries = await platform.storage.auditLog.list({ subject: `environment:${clientId}` });
    assert.deepEqual(
      entries.map(({ act, detail }) => [act, detail?.['shared']]),
      [['consent.given', ['name', 'email']]],
    );

    // Agreed to before, the browser discloses nothing and nobody is asked; the popup knows of it as well.
    const again = await assertion(person, clientId, {}, '');
    assert.equal(
      (await verifyCredential(again.body.token, { clientId, issuer, nonce: 'n-1', algorithms: ['ES256'] }))[
        'is_new_user'
      ],
      false,
    );
    const request = { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', fields: 'name email' };
    const { message } = await person.browser.openPopup(request);
    const popups = await verifyCredential(message.credential ?? '', {
      clientId,
      issuer,
      nonce: 'n',
      algorithms: ['ES256'],
    });
    assert.deepEqual(Object.keys(popups).sort(), Object.keys(claims).sort());
  });

  describe('asks in a window of our own', () => {
    const rows: readonly [string, Record<string, string>, string, NewAccount?, Partial<NewApp>?][] = [
      ['for more than the browser can disclose', { fields: 'name email phone_number' }, 'name,email'],
      [
        'for what a browser says to have disclosed, and none can',
        { fields: 'name email phone_number' },
        'name,email,phone_number,tel,*',
      ],
      ['for what it has not disclosed', {}, 'name'],
      ['when it has disclosed nothing', {}, ''],
      [
        'for what can be unticked',
        { fields: 'name picture' },
        'name,email,picture',
        { picture: 'https://a.example/p' },
      ],
      ['for what the account does not know', {}, 'name,email', { givenName: '', familyName: '' }],
      ['for an address that is not confirmed', {}, 'name,email', { emailVerified: false }],
      [
        'when there is nothing to disclose, and nothing has been agreed to',
        { fields: 'picture' },
        'name,email,picture',
      ],
      [
        'when the vendor has a say',
        {},
        'name,email',
        {},
        { signupEndpoint: 'https://shop.example/signup', signupKey: 'k' },
      ],
    ];
    for (const [title, params, disclosed, profile = {}, app = {}] of rows) {
      it(title, async () => {
        const person = await signedIn(profile);
        const { clientId } = await newApp(app);
        const { body } = await assertion(person, clientId, params, disclosed);
        assert.equal(body.token, undefined);
        assert.match(body.continue_on, new RegExp(`^${platform.url}/authorize\\?`));
        assert.equal(await grantOf(clientId, person), undefined);
        const page = await person.browser.get(body.continue_on);
        assert.ok(page.form('/consent'));
      });
    }
  });

  it('hands the answer of that window to FedCM and to nobody else, once', async () => {
    const person = await signedIn({ phoneNumber: '+31201234567' });
    const { clientId, issuer } = await newApp();
    const { body } = await assertion(person, clientId, { fields: 'name email phone_number' });
    const consent = await person.browser.get(body.continue_on);
    const last = await person.browser.submit(consent, '/consent');
    const { credential = '', accountId } = handedToFedcm(last);
    assert.equal(accountId, person.id);
    const claims = await verifyCredential(credential, { clientId, issuer, nonce: 'n-1', algorithms: ['ES256'] });
    assert.equal(claims.phone_number, '+31201234567');
    assert.throws(() => last.message, 'nothing is posted');
    await platform.flush();
    const events = await platform.storage.appEvents.listSince(clientId, new Date(0), 50);
    const kinds = ['popup.opened', 'popup.consent_shown', 'popup.consent_given', 'credential.issued'];
    assert.deepEqual(
      events.map(({ kind, attempt }) => [kind, attempt]),
      kinds.map((kind) => [kind, events[0]?.attempt]),
      'one attempt, from the dialog to the window',
    );
    assert.ok(events[0]?.attempt);
    assert.deepEqual(handedToFedcm(await person.browser.get(body.continue_on)), {}, 'a second time');
  });

  it('hands it over once, of two windows that both ask', async () => {
    const person = await signedIn();
    const { clientId } = await newApp();
    const { body } = await assertion(person, clientId, {}, '');
    const windows = [await person.browser.get(body.continue_on), await person.browser.get(body.continue_on)];
    const handed = [];
    for (const window of windows) handed.push(handedToFedcm(await person.browser.submit(window, '/consent')));
    assert.ok(handed[0]?.credential);
    assert.deepEqual(handed[1], {});
  });

  it('lets no other request go by the ticket of one, nor asks anybody for it', async () => {
    const person = await signedIn();
    const { clientId } = await newApp({ origins: [SHOP_ORIGIN, SECOND] });
    const other = await newApp({ origins: [SHOP_ORIGIN] });
    const begin = async (change: Record<string, string>) => {
      const { body } = await assertion(person, clientId, {}, '');
      const url = new URL(body.continue_on);
      for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
      return person.browser.get(url.href);
    };
    assert.ok((await begin({})).form('/consent'), 'control');
    for (const change of [
      { nonce: 'n-2' },
      { fedcm: 'unknown' },
      { redirect_uri: SECOND },
      { client_id: other.clientId },
    ]) {
      assert.deepEqual(handedToFedcm(await begin(change)), {}, JSON.stringify(change));
    }
  });

  it('asks nobody for a ticket that has been used', async () => {
    const person = await signedIn();
    const { clientId } = await newApp();
    const { body } = await assertion(person, clientId, {}, '');
    await person.browser.submit(await person.browser.get(body.continue_on), '/consent');
    await platform.storage.realm('production').connectedShops.disconnect(person.id, clientId);
    assert.deepEqual(handedToFedcm(await person.browser.get(body.continue_on)), {});
  });

  describe('refuses, without CORS and without a trace,', () => {
    type Change = { form?: Record<string, string>; headers?: Record<string, string | undefined> };
    type Arrange = (person: Person, clientId: string) => Promise<Change> | Change;
    const accounts = () => platform.storage.realm('production').accounts;
    const rows: readonly [string, number, string, Arrange][] = [
      ['a page’s own script', 400, 'invalid_request', () => ({ headers: { 'sec-fetch-dest': 'empty' } })],
      ['no Sec-Fetch-Dest', 400, 'invalid_request', () => ({ headers: { 'sec-fetch-dest': undefined } })],
      ['another origin', 403, 'unauthorized_client', () => ({ headers: { origin: 'https://evil.example' } })],
      [
        'an origin that begins alike',
        403,
        'unauthorized_client',
        () => ({ headers: { origin: `${SHOP_ORIGIN}:8443` } }),
      ],
      ['no origin', 403, 'unauthorized_client', () => ({ headers: { origin: undefined } })],
      ['an opaque origin', 403, 'unauthorized_client', () => ({ headers: { origin: 'null' } })],
      ['an unknown app', 403, 'unauthorized_client', () => ({ form: { client_id: 'nobody' } })],
      [
        'an app of the sandbox',
        403,
        'unauthorized_client',
        async () => ({ form: { client_id: (await newApp({ environment: 'localhost' })).clientId } }),
      ],
      [
        'a disabled app',
        403,
        'unauthorized_client',
        async () => {
          const app = await newApp();
          await platform.storage.apps.setDisabled(app.appId, true);
          return { form: { client_id: app.clientId } };
        },
      ],
      ['another account', 403, 'access_denied', async () => ({ form: { account_id: (await signedIn()).id } })],
      ['nobody signed in', 403, 'access_denied', () => ({ headers: { cookie: undefined } })],
      [
        'a blocked account',
        403,
        'access_denied',
        async ({ id }) => {
          await accounts().setBlocked(id, true);
          return {};
        },
      ],
      [
        'an account that is about to be deleted',
        403,
        'access_denied',
        async ({ id }) => {
          await platform.storage.realm('production').accountDeletion.request(id, new Date(Date.now() + 60_000));
          return {};
        },
      ],
      [
        'a session that has ended, whose cookie somebody kept',
        403,
        'access_denied',
        async ({ browser }) => {
          const cookie = /production-fedcm=[^;]*/.exec(browser.cookieHeader('/'))?.[0];
          await browser.submit(await browser.get('/account'), '/sign-out');
          return { headers: { cookie } };
        },
      ],
      [
        'another of its own origins in the form',
        403,
        'unauthorized_client',
        () => ({ headers: { origin: `${SHOP_ORIGIN}/` } }),
      ],
      [
        'an origin in another case',
        403,
        'unauthorized_client',
        () => ({ headers: { origin: SHOP_ORIGIN.toUpperCase() } }),
      ],
      ['a document', 400, 'invalid_request', () => ({ headers: { 'sec-fetch-dest': 'document' } })],
      ['two destinations', 400, 'invalid_request', () => ({ headers: { 'sec-fetch-dest': 'webidentity, empty' } })],
      [
        'a nonce without end',
        400,
        'invalid_request',
        () => ({ form: { params: JSON.stringify({ nonce: 'n'.repeat(2_000), fields: 'name' }) } }),
      ],
      ['no parameters', 400, 'invalid_request', () => ({ form: { params: 'x' } })],
      ['no nonce', 400, 'invalid_request', () => ({ form: { params: '{"fields":"name"}' } })],
      ['an unknown claim', 400, 'invalid_request', () => ({ form: { params: '{"nonce":"n","fields":"shoe_size"}' } })],
      [
        'a claim not registered',
        400,
        'invalid_request',
        () => ({ form: { params: '{"nonce":"n","fields":"address"}' } }),
      ],
    ];
    for (const [title, status, code, arrange] of rows) {
      it(title, async () => {
        const person = await signedIn();
        const { clientId } = await newApp();
        const { form, headers } = await arrange(person, clientId);
        const answer = await ask(person, '/fedcm/assertion', {
          form: { ...formOf(clientId, person), ...form },
          ...(headers && { headers }),
        });
        assert.deepEqual([answer.status, answer.body, answer.cors], [status, { error: { code } }, null]);
        assert.equal(await grantOf(clientId, person), undefined);
      });
    }

    it('a body that is no form', async () => {
      const person = await signedIn();
      const response = await fetch(`${platform.url}/fedcm/assertion`, {
        method: 'POST',
        headers: {
          'sec-fetch-dest': 'webidentity',
          cookie: person.browser.cookieHeader('/'),
          'content-type': 'text/plain',
        },
        body: 'x',
      });
      assert.equal(response.status, 415);
      assert.deepEqual(await response.json(), { error: { code: 'invalid_request' } });
    });
  });

  it('ends what was agreed to when a page of the app’s says so of its own user', async () => {
    const person = await signedIn();
    const { clientId } = await newApp();
    await assertion(person, clientId);
    const user = await platform.storage.realm('production').users.findByAccount(clientId, person.id);
    const disconnect = (hint: string, headers: Record<string, string | undefined> = {}) =>
      ask(person, '/fedcm/disconnect', { form: { client_id: clientId, account_hint: hint }, headers });
    assert.equal((await disconnect('somebody')).status, 403);
    assert.equal((await disconnect(user?.id ?? '', { origin: 'https://evil.example' })).status, 403);
    assert.equal((await disconnect(user?.id ?? '', { 'sec-fetch-dest': 'empty' })).status, 400);
    // The id that another shop knows the person by, and the one that only the browser knows.
    const other = await newApp({ name: 'Other' });
    await assertion(person, other.clientId);
    const elsewhere = await platform.storage.realm('production').users.findByAccount(other.clientId, person.id);
    for (const hint of [elsewhere?.id ?? '', person.id, person.email, '*'])
      assert.equal((await disconnect(hint)).status, 403, hint);
    const somebody = await signedIn();
    const form = { client_id: clientId, account_hint: user?.id ?? '' };
    assert.equal((await ask(somebody, '/fedcm/disconnect', { form })).status, 403, 'somebody else is signed in');
    assert.equal((await ask(undefined, '/fedcm/disconnect', { form })).status, 401, 'nobody is signed in');
    assert.ok(await grantOf(clientId, person));
    const { body, cors } = await disconnect(user?.id ?? '');
    assert.deepEqual([body, cors], [{ account_id: person.id }, SHOP_ORIGIN]);
    assert.equal(await grantOf(clientId, person), undefined);
    assert.ok(await grantOf(other.clientId, person), 'the other shop is as it was');
    await platform.flush();
    const { events } = await platform.storage.appEvents.list(clientId, { limit: 1 });
    assert.deepEqual([events[0]?.kind, events[0]?.userId], ['consent.withdrawn', user?.id]);
    // What was ended has to be agreed to anew.
    assert.equal((await assertion(person, clientId, {}, '')).body.token, undefined);
  });

  it('is nowhere but at a secure origin', () => {
    const isAt = (publicUrl: string) => hasFedcm({ realm: 'production', config: { publicUrl } });
    assert.deepEqual(['https://id.example', 'http://localhost:4000', 'http://[::1]:4000'].map(isAt), [
      true,
      true,
      true,
    ]);
    assert.equal(isAt('http://id.example'), false);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { randomId } from '#storage/ids.ts';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import { MAX_ADDRESSES } from '../../domain/apps/environment-addresses.ts';
import type { Account } from '../../storage/accounts.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

// Which inputs the forms about apps accept and refuse. Who may send the forms is tested for every route, in portal.test.ts.

const PASSWORD = 'an engine of difference';
const RIGHT_TO_LEFT_OVERRIDE = '\u202e';

let platform: TestPlatform;
let passwordHash: string;
before(async () => {
  platform = await startTestPlatform();
  passwordHash = await hashPassword(PASSWORD);
});
after(() => platform.close());

let people = 0;
async function somebody({ emailVerified = true } = {}): Promise<{ browser: HttpBrowser; account: Account }> {
  people += 1;
  const email = `person${people}@example.com`;
  const account = await platform.storage
    .realm('production')
    .accounts.create({ email, emailVerified, givenName: 'Ada', passwordHash });
  const browser = platform.browser();
  const form = await browser.get('/account/sign-in');
  const home = await browser.submit(form, '/account/sign-in', { email, password: PASSWORD });
  assert.equal(home.url.pathname, '/account');
  return { browser, account };
}

async function owner(options: { emailVerified?: boolean } = {}) {
  const { browser, account } = await somebody(options);
  const app = await platform.storage.apps.create({
    name: 'Fern & Field',
    environment: 'localhost',
    origins: ['http://localhost:3000'],
    ownerId: account.id,
  });
  return { browser, account, app, path: `/account/apps/${app.appId}` };
}

const errorsOf = ({ html }: Page) =>
  [...html.matchAll(/class="error"[^>]*>(.*?)<\/p>/gs)].map(([, text = '']) => text.replaceAll(/<[^>]*>/g, ''));
const secretsOn = ({ html }: Page) => html.match(/<code id="(client-secret|api-key)">/g) ?? [];

async function auditOf(act: string, subject: string) {
  return platform.storage.auditLog.list({ act, subject });
}

describe('creating an app', () => {
  it('shows its secrets in the answer to the form, once, and nowhere else', async () => {
    const { browser, account } = await somebody({ emailVerified: false });
    const form = await browser.get('/account/apps/new');
    const values = { ...form.form('/apps/new').values, name: 'Fern & Field' };
    const made = await browser.post('/account/apps/new', values);
    assert.equal(made.status, 200);
    assert.equal(made.headers.get('cache-control'), 'no-store');
    assert.equal(secretsOn(made).length, 2);

    const [app, ...others] = await platform.storage.apps.listFor(account.id);
    assert.ok(app && others.length === 0);
    assert.deepEqual([app.role, app.environments], ['owner', ['localhost']]);
    const details = await platform.storage.apps.findDetails(app.id);
    assert.deepEqual(
      details?.fields.map(({ field }) => field),
      ['name', 'email'],
      'asks for as little as it needs',
    );
    const [key = ''] = /sk_test_\w{32}/.exec(made.html) ?? [];
    assert.equal((await platform.storage.apiKeys.find(key))?.appId, app.id);
    const [environment] = await platform.storage.appEnvironments.list(app.id);
    assert.ok(environment && made.html.includes(`client-id=<span class="hl-text">&quot;${environment.clientId}`));
    assert.deepEqual(environment.origins, ['http://localhost:3000']);

    // The same form is sent again at once: by a double click, or because the answer was lost.
    const again = await browser.post('/account/apps/new', values);
    assert.deepEqual(secretsOn(again), secretsOn(made));
    // Later, by reloading or from a page in the history.
    const later = await browser.post('/account/apps/new', { ...values, submission: randomId() });
    assert.equal(later.url.pathname, `/account/apps/${app.id}`);
    assert.equal(secretsOn(later).length, 0);
    assert.equal((await platform.storage.apps.listFor(account.id)).length, 1);
    const [entry] = await auditOf('app.created', `app:${app.id}`);
    assert.ok(entry && !JSON.stringify(entry).includes(key));
  });

  it('creates a native app, which has redirect URIs and no pages', async () => {
    const { browser, account } = await somebody();
    const choice = await browser.get('/account/apps/new');
    assert.match(choice.html, /href="\/account\/apps\/new\?kind=native"/);
    const form = await browser.get('/account/apps/new?kind=native');
    const wrong = await browser.submit(form, '/apps/new', { name: 'Fern', origin: 'myapp:/callback' });
    assert.deepEqual([wrong.status, errorsOf(wrong).length], [400, 1]);
    const made = await browser.submit(wrong, '/apps/new', { origin: 'com.example.fern:/callback' });
    assert.equal(secretsOn(made).length, 2);
    assert.match(made.html, /com\.example\.fern:\/callback/);
    assert.doesNotMatch(made.html, /signup-with-platform client-id/);
    const [app] = await platform.storage.apps.listFor(account.id);
    const path = `/account/apps/${app?.id}`;
    const [environment] = await platform.storage.appEnvironments.list(app?.id ?? '');
    assert.deepEqual([environment?.kind, environment?.origins], ['native', []]);
    const setup = await browser.get(`${path}/localhost`);
    assert.throws(() => setup.form('/origins'), /no form/);
    const csrf = String(setup.form('/redirect-uris').values['csrf']);
    assert.equal((await browser.post(`${path}/localhost/origins`, { csrf, origin: 'https://x.example' })).status, 400);
    await browser.submit(setup, '/redirect-uris', { redirect_uri: 'http://[::1]/callback' });
    const [{ redirectUris } = { redirectUris: [] }] = await platform.storage.appEnvironments.list(app?.id ?? '');
    assert.deepEqual(redirectUris, ['com.example.fern:/callback', 'http://[::1]/callback']);
    const code = await browser.get(`${path}/localhost/code`);
    assert.match(code.html, /discovery_uri/);
    assert.doesNotMatch(code.html, /widget\.js/);
    await platform.storage.apps.updateSettings(app?.id ?? '', {
      name: 'Fern',
      fields: [],
      privacyPolicyUri: 'https://fern.example/privacy',
    });
    const add = await browser.get(`${path}/add?environment=production`);
    await browser.submit(add, '/add', { origin: 'com.example.fern:/callback' });
    const live = await platform.storage.appEnvironments.find(app?.id ?? '', 'production');
    assert.deepEqual([live?.redirectUris, live?.origins], [['com.example.fern:/callback'], []]);
  });

  it('creates one app when the form is sent several times at once', async () => {
    const { browser, account } = await somebody();
    const form = await browser.get('/account/apps/new');
    const values = { ...form.form('/apps/new').values, name: 'Twice' };
    await Promise.all([1, 2, 3].map(() => browser.post('/account/apps/new', values)));
    assert.equal((await platform.storage.apps.listFor(account.id)).length, 1);
  });

  it('refuses a form without an id of ours, and keeps one person’s ids apart from another’s', async () => {
    const [ada, eve] = [await somebody(), await somebody()];
    const values = (await ada.browser.get('/account/apps/new')).form('/apps/new').values;
    const own = (await eve.browser.get('/account/apps/new')).form('/apps/new').values;
    for (const once of [undefined, '', 'x', '../../etc']) {
      const rest: Record<string, string> = { csrf: String(own['csrf']), name: 'Shop', origin: 'https://shop.example' };
      const sent = await eve.browser.post('/account/apps/new', once === undefined ? rest : { ...rest, once });
      assert.equal(sent.status, 400);
    }
    const body = { ...own, name: 'Eve', once: String(values['once']) };
    assert.equal((await eve.browser.post('/account/apps/new', body)).status, 200);
    assert.equal((await ada.browser.post('/account/apps/new', { ...values, name: 'Ada' })).status, 200);
  });

  const refused: [what: string, values: Record<string, string>, error: RegExp][] = [
    ['no name', { name: '  ' }, /Fill this in/],
    ['a name that turns the text around it', { name: `Shop${RIGHT_TO_LEFT_OVERRIDE}knaB` }, /characters/],
    ['a name without end', { name: 'x'.repeat(101) }, /too long/],
    ['an origin that is a script', { origin: 'javascript:alert(1)' }, /Begin with https/],
    ['an origin with a path', { origin: 'https://shop.example/shop' }, /as https:\/\/shop\.example\. Enter it exactly/],
    ['an origin in plain text', { origin: 'http://shop.example' }, /Begin with https/],
    ['an origin that looks like another', { origin: 'https://аpple.example' }, /https:\/\/xn--pple-43d\.example/],
    ['an origin of all', { origin: '*' }, /Wildcards|valid address/],
  ];
  for (const [what, values, error] of refused) {
    it(`refuses ${what}, and keeps what was typed`, async () => {
      const { browser, account } = await somebody();
      const form = await browser.get('/account/apps/new');
      const page = await browser.submit(form, '/apps/new', { name: 'Shop', ...values });
      assert.equal(page.status, 400);
      assert.match(errorsOf(page).join(), error);
      const wrong = 'origin' in values ? 'origin' : 'name';
      assert.match(
        page.html,
        new RegExp(`<input[^>]* name="?${wrong}"?[^>]*\\sautofocus`),
        'the cursor is where it is wrong',
      );
      const { name, origin } = page.form('/apps/new').values;
      const typed = { name: 'Shop', origin: 'http://localhost:3000', ...values };
      assert.deepEqual([name ?? '', origin], [typed.name.trim(), typed.origin]);
      assert.deepEqual(await platform.storage.apps.listFor(account.id), []);
    });
  }

  it('shows a name with markup as text', async () => {
    const { browser } = await somebody();
    const name = '</title><script>alert(1)</script><b>"\'&';
    const page = await browser.submit(await browser.get('/account/apps/new'), '/apps/new', { name });
    const list = await browser.get('/account/apps');
    for (const { html } of [page, list]) {
      assert.ok(!html.includes('<script>alert') && !html.includes('</title><script'));
      assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
    }
  });
});

describe('adding production', () => {
  const policy = { name: 'Fern & Field', privacyPolicyUri: 'https://shop.example/privacy', fields: [] };
  const add = async (browser: HttpBrowser, path: string, origin: string) =>
    browser.submit(await browser.get(`${path}/add?environment=production`), '/add', { origin });

  it('says what is missing, and refuses the form until then', async () => {
    const { browser, app, path } = await owner({ emailVerified: false });
    const page = await browser.get(`${path}/add?environment=production`);
    assert.match(page.html, /Confirm your email address/);
    assert.match(page.html, /Link to the privacy policy/);
    assert.throws(() => page.form('/add'));
    const forced = { csrf: String(page.form('/sign-out').values['csrf']), once: 'A'.repeat(22) };
    const sent = await browser.post(`${path}/add`, {
      ...forced,
      environment: 'production',
      origin: 'https://shop.example',
    });
    assert.equal(sent.status, 400);
    assert.equal(await platform.storage.appEnvironments.find(app.appId, 'production'), undefined);

    await platform.storage.apps.updateSettings(app.appId, policy);
    const later = await browser.get(`${path}/add?environment=production`);
    assert.throws(() => later.form('/add'), 'the address is still not confirmed');
  });

  for (const origin of [
    'http://shop.example',
    'http://localhost:3000',
    'https://localhost',
    'https://127.0.0.1',
    'https://10.0.0.7',
    'https://shop.example/',
  ]) {
    it(`refuses the origin ${origin}`, async () => {
      const { browser, app, path } = await owner();
      await platform.storage.apps.updateSettings(app.appId, policy);
      const page = await add(browser, path, origin);
      assert.equal(page.status, 400);
      assert.equal(errorsOf(page).length, 1);
      assert.equal(await platform.storage.appEnvironments.find(app.appId, 'production'), undefined);
    });
  }

  it('gives it its own secrets, and redirects to it when the form is sent again', async () => {
    const { browser, app, path } = await owner();
    await platform.storage.apps.updateSettings(app.appId, policy);
    const form = await browser.get(`${path}/add?environment=production`);
    const page = await browser.submit(form, '/add', { origin: 'https://shop.example' });
    assert.match(page.html, /sk_live_\w{32}/);
    const live = await platform.storage.appEnvironments.find(app.appId, 'production');
    assert.equal(live?.realm, 'production');
    const again = await browser.submit(form, '/add', { origin: 'https://shop.example' });
    assert.equal(again.url.pathname, `${path}/production`);
    assert.equal((await browser.get(`${path}/add?environment=production`)).url.pathname, `${path}/production`);
    assert.equal((await browser.get(`${path}/add?environment=nowhere`)).status, 404);
    assert.equal((await auditOf('environment.added', `environment:${live?.clientId}`)).length, 1);
  });
});

describe('the setup of an environment', () => {
  const originsOf = async ({ clientId }: AppSecrets) =>
    (await platform.storage.appEnvironments.findByClientId(clientId))?.origins ?? [];

  it('adds and removes one address at a time, and logs both lists', async () => {
    const { browser, app, path } = await owner();
    const setup = `${path}/localhost`;
    let page = await browser.submit(await browser.get(setup), '/origins', { origin: ' https://test.shop.example ' });
    assert.equal(page.url.search, '?done=origins_added');
    assert.deepEqual(await originsOf(app), ['http://localhost:3000', 'https://test.shop.example']);
    page = await browser.submit(page, '/origins', { origin: 'https://test.shop.example' });
    assert.match(errorsOf(page).join(), /already in the list/);
    page = await browser.submit(page, '/origins/remove');
    assert.deepEqual(await originsOf(app), ['https://test.shop.example']);
    const changes = await auditOf('environment.origins_changed', `environment:${app.clientId}`);
    assert.deepEqual(
      changes.map(({ detail }) => detail),
      [
        {
          before: ['http://localhost:3000'],
          after: ['http://localhost:3000', 'https://test.shop.example'],
        },
        {
          before: ['http://localhost:3000', 'https://test.shop.example'],
          after: ['https://test.shop.example'],
        },
      ],
    );
    page = await browser.submit(page, '/redirect-uris', { redirect_uri: 'https://shop.example' });
    assert.match(errorsOf(page).join(), /https:\/\/shop\.example\/callback/);
    await browser.submit(page, '/redirect-uris', { redirect_uri: 'https://shop.example/callback?x=1' });
    const found = await platform.storage.appEnvironments.findByClientId(app.clientId);
    assert.deepEqual(found?.redirectUris, ['https://shop.example/callback?x=1']);
  });

  it('takes addresses for sign-out by the same rules, and keeps a secret in one out of the audit log', async () => {
    const { browser, app, path } = await owner();
    const setup = `${path}/localhost`;
    const found = () => platform.storage.appEnvironments.findByClientId(app.clientId);
    let page = await browser.get(setup);
    for (const bad of ['https://shop.example', 'http://shop.example/out', 'https://shop.example/out#x', 'nonsense']) {
      page = await browser.submit(page, '/post-logout-redirect-uris', { post_logout_redirect_uri: bad });
      assert.equal(page.status, 400, bad);
    }
    const uri = 'https://shop.example/out?from=platform';
    page = await browser.submit(page, '/post-logout-redirect-uris', { post_logout_redirect_uri: uri });
    assert.match(page.html, /The address after sign-out is added/);
    assert.deepEqual((await found())?.postLogoutRedirectUris, [uri]);
    assert.deepEqual((await found())?.redirectUris, [], 'nobody gets an answer there');

    for (const bad of ['', 'http://shop.example/x', 'https://user:pw@shop.example/x', 'https://shop.example/x#y']) {
      page = await browser.submit(page, '/backchannel-logout', { backchannel_logout_uri: bad });
      assert.equal(page.status, 400, bad);
    }
    const backend = 'https://shop.example/logout?token=hidden';
    page = await browser.submit(page, '/backchannel-logout', { backchannel_logout_uri: backend });
    assert.match(page.html, /The address of your backend is saved/);
    assert.equal((await found())?.backchannelLogoutUri, backend);
    const entries = await auditOf('environment.backchannel_logout_changed', `environment:${app.clientId}`);
    assert.deepEqual(
      entries.map(({ detail }) => detail),
      [{ endpoint: 'https://shop.example/logout' }],
    );
    page = await browser.submit(page, '/backchannel-logout/remove');
    page = await browser.submit(page, '/post-logout-redirect-uris/remove', { address: uri });
    assert.deepEqual([(await found())?.backchannelLogoutUri, (await found())?.postLogoutRedirectUris], [undefined, []]);
  });

  it('refuses addresses of this machine for sign-out in production', async () => {
    const { browser, app, path } = await owner();
    await platform.storage.appEnvironments.add(app.appId, 'production', ['https://shop.example']);
    const page = await browser.get(`${path}/production`);
    for (const [action, values] of [
      ['/post-logout-redirect-uris', { post_logout_redirect_uri: 'http://localhost:3000/out' }],
      ['/backchannel-logout', { backchannel_logout_uri: 'http://127.0.0.1:3000/logout' }],
      ['/backchannel-logout', { backchannel_logout_uri: 'https://10.0.0.1/logout' }],
    ] as const)
      assert.equal((await browser.submit(page, action, { ...values })).status, 400);
  });

  it('limits the length of the list', async () => {
    const { browser, app, path } = await owner();
    const many = Array.from({ length: MAX_ADDRESSES }, (_, index) => `https://shop${index}.example`);
    await platform.storage.appEnvironments.setOrigins(app.clientId, many);
    const form = await browser.get(`${path}/localhost`);
    const page = await browser.submit(form, '/origins', { origin: 'https://one-more.example' });
    assert.match(errorsOf(page).join(), /already 50 addresses/);
    assert.equal((await originsOf(app)).length, MAX_ADDRESSES);
  });

  it('belongs to the app in the path, whatever the form says', async () => {
    const [mine, other] = [await owner(), await owner()];
    const form = await mine.browser.get(`${mine.path}/localhost`);
    await mine.browser.submit(form, '/origins', {
      origin: 'https://evil.example',
      appId: other.app.appId,
      app_id: other.app.appId,
      client_id: other.app.clientId,
      environment: 'production',
    });
    assert.deepEqual(await originsOf(other.app), ['http://localhost:3000']);
    const { csrf } = form.form('/origins').values;
    const crossed = await mine.browser.post(`${other.path}/localhost/origins`, {
      csrf: String(csrf),
      origin: 'https://evil.example',
    });
    assert.equal(crossed.status, 404);
    assert.deepEqual(await originsOf(other.app), ['http://localhost:3000']);
  });

  it('never shows the key of the sign-up endpoint, and asks for it with each new address', async () => {
    const { browser, app, path } = await owner();
    const setup = `${path}/localhost`;
    const key = 'a-key-that-only-the-shop-knows';
    const form = await browser.get(setup);
    const saved = await browser.submit(form, '/signup-endpoint', {
      url: 'https://shop.example/signup?token=hidden',
      key,
    });
    assert.match(saved.html, /The endpoint is saved/);
    assert.ok(saved.html.includes('https://shop.example/signup'));
    assert.ok(!saved.html.includes(key));
    const moved = await browser.submit(saved, '/signup-endpoint', { url: 'https://evil.example/signup', key: '' });
    assert.equal(moved.status, 400);
    assert.match(errorsOf(moved).join(), /1 to 200 characters/);
    const kept = await platform.storage.signupEndpoints.find(app.clientId);
    assert.deepEqual(kept, { url: 'https://shop.example/signup?token=hidden', key });
    const entries = await auditOf('environment.signup_endpoint_changed', `environment:${app.clientId}`);
    assert.ok(entries.length === 1 && !/hidden|only-the-shop/.test(JSON.stringify(entries)));

    for (const bad of ['a key', 'key\r\nx: y', 'ключ', 'k'.repeat(201)]) {
      const page = await browser.submit(form, '/signup-endpoint', { url: 'https://shop.example/s', key: bad });
      assert.equal(page.status, 400, bad);
    }
    await browser.submit(await browser.get(setup), '/signup-endpoint/remove');
    assert.equal(await platform.storage.signupEndpoints.find(app.clientId), undefined);
  });
});

describe('the settings of an app', () => {
  it('are saved with reasons, and show each error at its input', async () => {
    const { browser, app, path } = await owner();
    const form = await browser.get(`${path}/settings`);
    const bad = await browser.submit(form, '/settings', {
      name: '',
      termsUri: 'javascript:alert(1)',
      privacyPolicyUri: 'http://shop.example',
      wish_email: 'required',
      reason_email: `x${RIGHT_TO_LEFT_OVERRIDE}`,
    });
    assert.equal(bad.status, 400);
    assert.equal(errorsOf(bad).length, 4);
    const saved = await browser.submit(bad, '/settings', {
      name: 'Fern',
      homePageUri: '',
      termsUri: '',
      privacyPolicyUri: 'https://shop.example/privacy',
      wish_email: 'required',
      reason_email: 'For your <b>receipt</b>.',
      wish_phone_number: 'everything',
      credential_lifetime: '900',
      id_token_alg: 'EdDSA',
    });
    assert.match(saved.html, /Your changes are saved/);
    assert.match(saved.html, /<option value="900" selected>15 minutes/);
    const details = await platform.storage.apps.findDetails(app.appId);
    assert.deepEqual(details?.fields, [{ field: 'email', required: true, reason: 'For your <b>receipt</b>.' }]);
    assert.equal(details?.name, 'Fern');
    assert.equal(details.credentialLifetimeSeconds, 900);
    assert.equal(details.idTokenAlg, 'EdDSA');
    assert.match(saved.html, /<option value="EdDSA" selected>/);
    const [entry] = await auditOf('app.settings_changed', `app:${app.appId}`);
    assert.ok(JSON.stringify(entry?.detail).includes('privacyPolicyUri'));
    assert.ok(JSON.stringify(entry?.detail).includes('credential_lifetime'));
    assert.ok(JSON.stringify(entry?.detail).includes('id_token_alg'));
  });

  it('can be saved with an address from before there was a rule for it, which is named', async () => {
    const { browser, app, path } = await owner();
    const termsUri = 'https://shop$(id).example/terms';
    await platform.database.db.updateTable('apps').set({ terms_uri: termsUri }).where('id', '=', app.appId).execute();
    const form = await browser.get(`${path}/settings`);
    assert.match(form.html, /One address below was saved earlier and wouldn’t be accepted today/);
    assert.match(form.html, /id="termsUri-hint">The host has a character that no host name has/);
    const saved = await browser.submit(form, '/settings', { name: 'Renamed' });
    assert.match(saved.html, /Your changes are saved.*One address below was saved earlier/s);
    const details = await platform.storage.apps.findDetails(app.appId);
    assert.deepEqual([details?.name, details?.termsUri], ['Renamed', termsUri]);
    const mended = await browser.submit(saved, '/settings', { termsUri: '' });
    assert.doesNotMatch(mended.html, /saved earlier/);
  });

  it('turn staying connected off and on, and leave it as it is when the form does not name it', async () => {
    const { browser, app, path } = await owner();
    const form = await browser.get(`${path}/settings`);
    const send = async (offline: string | string[]) => {
      await browser.submit(form, '/settings', { name: 'Fern', offline_access: offline });
      return (await platform.storage.apps.findDetails(app.appId))?.offlineAccess;
    };
    assert.deepEqual(form.form('/settings').values['offline_access'], ['off', 'on']);
    assert.equal(await send('off'), false, 'the box is not ticked');
    assert.equal(await send([]), false);
    assert.equal((await browser.get(`${path}/settings`)).form('/settings').values['offline_access'], 'off');
    assert.equal(await send(['off', 'on']), true);
    assert.equal(await send('maybe'), true, 'refused');
  });

  it('leave the lifetime of credentials as it is when the form does not name it, and refuse another', async () => {
    const { browser, app, path } = await owner();
    const form = await browser.get(`${path}/settings`);
    const send = (values: Record<string, string | string[]>) =>
      browser.submit(form, '/settings', { name: 'Fern', ...values });
    const lifetime = async () => (await platform.storage.apps.findDetails(app.appId))?.credentialLifetimeSeconds;
    await send({ credential_lifetime: '300' });
    assert.equal(await lifetime(), 300);
    for (const bad of ['299', '86400', '-1', 'x', '']) {
      assert.equal((await send({ credential_lifetime: bad })).status, 400, bad);
      assert.equal(await lifetime(), 300);
    }
    await send({ credential_lifetime: [] });
    assert.equal(await lifetime(), 300);
  });

  it('begin with RS256, leave the algorithm as it is when the form does not name it, and refuse another', async () => {
    const { browser, app, path } = await owner();
    const form = await browser.get(`${path}/settings`);
    assert.match(form.html, /<option value="RS256" selected>/);
    const send = (values: Record<string, string | string[]>) =>
      browser.submit(form, '/settings', { name: 'Fern', ...values });
    const alg = async () => (await platform.storage.appEnvironments.findByClientId(app.clientId))?.idTokenAlg;
    await send({ id_token_alg: 'ES256' });
    assert.equal(await alg(), 'ES256');
    for (const bad of ['none', 'HS256', 'rs256', 'RS512', '']) {
      assert.equal((await send({ id_token_alg: bad })).status, 400, bad);
      assert.equal(await alg(), 'ES256');
    }
    await send({ id_token_alg: [] });
    assert.equal(await alg(), 'ES256');
  });

  it('tell the fields of the tag that is printed: all of them once one is optional', async () => {
    const { browser, path } = await owner();
    const tag = async (wishes: Record<string, string>) => {
      await browser.submit(await browser.get(`${path}/settings`), '/settings', { name: 'Fern', ...wishes });
      const { html } = await browser.get(`${path}/localhost/code`);
      const text = html.replaceAll(/<[^>]+>/g, '').replaceAll('&quot;', '"');
      return /signup-with-platform client-id.*?&gt;/.exec(text)?.[0];
    };
    const all = { wish_name: 'required', wish_email: 'required', wish_address: 'optional' };
    assert.match((await tag(all)) ?? '', / fields="name email address"/);
    assert.doesNotMatch((await tag({ ...all, wish_address: 'off' })) ?? '', / fields=/);
  });

  it('refuse a logo that is no picture', async () => {
    const { browser, path } = await owner();
    const page = await browser.submit(await browser.get(`${path}/settings`), '/logo', {
      logo: '<svg onload=alert(1)>',
    });
    assert.equal(page.status, 400);
    assert.match(errorsOf(page).join(), /can’t read this file/);
    assert.match(page.html, /<input id="logo"[^>]*aria-invalid="true"[^>]*aria-describedby="logo-error logo-hint"/);
  });

  it('limit how many logos a person can upload', async () => {
    const { browser, path } = await owner();
    const settings = await browser.get(`${path}/settings`);
    const upload = () => browser.submit(settings, '/logo', { logo: 'none' });
    for (let attempt = 1; attempt <= 30; attempt += 1) assert.equal((await upload()).status, 400);
    const refused = await upload();
    assert.equal(refused.status, 429);
    assert.match(errorsOf(refused).join(), /Too many attempts/);
  });
});

describe('in sentences of another direction', () => {
  it('names and addresses keep their own', async () => {
    const { browser, path } = await owner();
    const { html } = await browser.get(`${path}/delete`);
    assert.match(html, /<title>Delete Fern &amp; Field\?/, 'nothing to isolate where all runs from left to right');
    assert.match(html, /<b><bdi>Fern &amp; Field<\/bdi><\/b>/);
    const setup = await browser.get(`${path}/localhost`);
    const refused = await browser.submit(setup, '/origins', { origin: 'https://shop.example/shop' });
    assert.match(refused.html, /class="error"[^>]*>[^<]*<bdi dir="ltr">https:\/\/shop\.example<\/bdi>/);
  });
});

describe('disabling and deleting', () => {
  it('disables and enables', async () => {
    const { browser, app, path } = await owner();
    const off = await browser.submit(await browser.get(`${path}/settings`), '/disable');
    assert.match(off.html, /The app is disabled/);
    assert.equal((await platform.storage.appEnvironments.findByClientId(app.clientId))?.disabled, true);
    await browser.submit(await browser.get(`${path}/settings`), '/enable');
    assert.equal((await platform.storage.appEnvironments.findByClientId(app.clientId))?.disabled, false);
    assert.equal((await auditOf('app.disabled', `app:${app.appId}`)).length, 1);
    assert.equal((await auditOf('app.enabled', `app:${app.appId}`)).length, 1);
  });

  it('deletes only when the name is typed exactly', async () => {
    const { browser, app, path } = await owner();
    let page = await browser.get(`${path}/delete`);
    for (const name of ['', 'fern & field', 'Fern', 'Fern &amp; Field']) {
      page = await browser.submit(page, '/delete', { name });
      assert.equal(page.status, 400, name);
      assert.match(errorsOf(page).join(), /isn’t the name/);
    }
    assert.ok(await platform.storage.apps.find(app.appId));
    page = await browser.submit(page, '/delete', { name: 'Fern & Field' });
    assert.match(page.html, /The app is deleted/);
    assert.equal(await platform.storage.apps.find(app.appId), undefined);
    assert.equal((await browser.get(path)).status, 404);
    assert.equal((await auditOf('app.deleted', `app:${app.appId}`)).length, 1);
  });
});

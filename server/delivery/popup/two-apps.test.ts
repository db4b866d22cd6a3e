import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashAccountPassword, PASSWORD_KEY } from '../../domain/accounts/find-by-password.ts';
import type { NewAccount } from '../../storage/accounts.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import { eraseDeletedApps } from '../../storage/erase-app.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const OTHER_PASSWORD = 'a difference of engines';
const CONSENT = /^Share your details/;
const NO_ACCOUNT = 'No account at Platform with this address';
const RESET = 'Choose a new password for Platform';
const CONFIRM = 'Confirm your email address for Platform';

/** An account of the sandbox is one app's alone: two vendors try out the same address, and neither notices the other. */
describe('accounts of the sandbox, of two apps', () => {
  let platform: TestPlatform;
  let fern: AppSecrets;
  let field: AppSecrets;
  before(async () => {
    platform = await startTestPlatform();
    [fern, field] = [await platform.createApp({ name: 'Fern' }), await platform.createApp({ name: 'Field' })];
  });
  after(() => platform.close());

  const accounts = () => platform.storage.realm('sandbox').accounts;
  const newAddress = () => `${crypto.randomUUID()}@example.com`;
  const open = (browser: HttpBrowser, { clientId }: AppSecrets): Promise<Page> =>
    browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
  const subjectsIn = async ({ appId }: AppSecrets, to: string) =>
    (await platform.storage.sandboxInbox.list(appId, { limit: 10, to })).mails.map(({ subject }) => subject);

  async function signUp(app: AppSecrets, email: string, password = PASSWORD) {
    const browser = platform.browser();
    const first = await open(browser, app);
    const form = await browser.get(first.signUpAddress);
    const values = { given_name: 'Ada', family_name: 'Byron', email, password };
    return { browser, page: await browser.submit(form, '/sign-up', values) };
  }
  async function signIn(app: AppSecrets, email: string, password = PASSWORD) {
    const browser = platform.browser();
    return { browser, page: await browser.submit(await open(browser, app), '/sign-in', { email, password }) };
  }
  /** Signs up, confirms the address by the link that the page shows, and shares. @returns the account */
  async function customer(app: AppSecrets, email: string, password = PASSWORD) {
    const { browser, page } = await signUp(app, email, password);
    assert.match(page.heading, CONSENT);
    const link = /href="([^"]*\/confirm-email\?[^"]*)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    await browser.submit(await browser.get(link), '/confirm-email');
    const { claims } = await browser.submit(page, '/consent');
    return { browser, claims };
  }
  /** An account of no app, as earlier versions made all, and as the command line does. */
  async function ofNoApp(account: NewAccount & { email: string }) {
    const passwordKey = await platform.storage.secrets.ensure(PASSWORD_KEY);
    const passwordHash = await hashAccountPassword({ realm: 'sandbox', passwordKey }, account.email, PASSWORD, 'test');
    return accounts().create({ emailVerified: true, givenName: 'Ada', passwordHash, ...account });
  }

  for (const [title, password] of [
    ['the same password', PASSWORD],
    ['another password', OTHER_PASSWORD],
  ] as const) {
    it(`confirm the same address in each, with ${title}, in either order`, async () => {
      for (const [one, two] of [
        [fern, field],
        [field, fern],
      ] as const) {
        const email = newAddress();
        const first = await customer(one, email);
        const second = await customer(two, email, password);
        for (const { claims } of [first, second]) assert.equal(claims['email_verified'], true);
        const found = await accounts().list({ email, limit: 10 });
        assert.deepEqual(
          found.map(({ appId, emailVerified }) => [appId, emailVerified]).sort(),
          [
            [one.appId, true],
            [two.appId, true],
          ].sort(),
        );
        // No mail of either speaks of the other's.
        assert.deepEqual(await subjectsIn(one, email), [CONFIRM]);
        assert.deepEqual(await subjectsIn(two, email), [CONFIRM]);
        for (const [app, own] of [
          [one, PASSWORD],
          [two, password],
        ] as const) {
          const { browser, page } = await signIn(app, email, own);
          // Whoever comes back is asked nothing, because it is the account that agreed to this app.
          const { claims } = page.delivery ? page : await browser.submit(page, '/continue');
          const expected = app === one ? first : second;
          assert.equal(claims['sub'], expected.claims['sub']);
        }
      }
    });
  }

  it('sign in nowhere but at their own app', async () => {
    const email = newAddress();
    await customer(fern, email);
    assert.equal((await signIn(field, email)).page.status, 400);
    assert.equal((await signIn(fern, email)).page.status, 200);
  });

  it('are nobody at another app, signed in or not', async () => {
    const { browser } = await customer(fern, newAddress());
    const page = await open(browser, field);
    assert.equal(page.heading, 'Sign in');
    assert.equal(page.delivery, undefined);
    assert.ok((await open(browser, fern)).delivery, 'at their own app they still are');
    const next = await browser.submit(page, '/persona', { persona: 'complete' });
    assert.match(next.heading, CONSENT, 'another person may come in that browser');
  });

  it('have passkeys for their own app alone', async () => {
    const email = newAddress();
    await customer(fern, email);
    const browser = platform.browser();
    const values = { email, password: PASSWORD, passkeys: '1' };
    const offer = await browser.submit(await open(browser, fern), '/sign-in', values);
    const authenticator = new SoftwareAuthenticator(platform.url);
    await browser.submit(offer, '/passkey-offer', { response: authenticator.create(dataOf(offer, 'creation')) });
    const withPasskey = async (app: AppSecrets) => {
      const visitor = platform.browser();
      const page = await open(visitor, app);
      return visitor.submit(page, '/passkey', { response: authenticator.get(dataOf(page, 'request')) });
    };
    assert.equal((await withPasskey(field)).status, 400);
    assert.equal((await withPasskey(fern)).status, 200);
  });

  it('are recovered by their own app’s popup, and no other app is told of them', async () => {
    const email = newAddress();
    await customer(fern, email);
    for (const app of [field, fern]) {
      const browser = platform.browser();
      const page = await browser.get(`/sandbox/account/forgot-password?client_id=${app.clientId}`);
      await browser.submit(page, '/forgot-password', { email });
    }
    assert.deepEqual(await subjectsIn(field, email), [NO_ACCOUNT]);
    assert.deepEqual((await subjectsIn(fern, email)).sort(), [RESET, CONFIRM].sort());
  });

  it('of no app are usable by their people in every popup, before and beside an app’s own', async () => {
    const email = newAddress();
    const old = await ofNoApp({ email });
    for (const app of [fern, field]) assert.match((await signIn(app, email)).page.heading, CONSENT);
    await customer(fern, email, OTHER_PASSWORD);
    assert.match((await signIn(fern, email)).page.heading, CONSENT, 'by its own password, as before');
    assert.ok((await signIn(fern, email, OTHER_PASSWORD)).page.delivery, 'and the app’s own by the other');
    assert.equal((await accounts().find(old.id))?.emailVerified, true);
  });

  it('manage themselves at the portal, each by its password', async () => {
    const email = newAddress();
    await customer(fern, email);
    await customer(field, email, OTHER_PASSWORD);
    for (const [app, password] of [
      [fern, PASSWORD],
      [field, OTHER_PASSWORD],
    ] as const) {
      const browser = platform.browser();
      const form = await browser.get('/sandbox/account/sign-in');
      const home = await browser.submit(form, '/account/sign-in', { email, password });
      assert.equal(home.url.pathname, '/sandbox/account');
      await browser.submit(await browser.get('/sandbox/account/forgot-password'), '/forgot-password', { email });
      assert.ok((await subjectsIn(app, email)).includes(RESET), 'signed in, it is their own account that they recover');
    }
  });

  it('are recovered at the portal only if they are of no app, because nothing else tells the portal which is meant', async () => {
    const email = newAddress();
    await customer(field, email);
    const old = await ofNoApp({ email });
    const browser = platform.browser();
    await browser.submit(await browser.get('/sandbox/account/forgot-password'), '/forgot-password', { email });
    assert.deepEqual(await subjectsIn(field, email), [CONFIRM]);
    const mail = (await platform.storage.mails.list()).find((one) => one.to === email && one.subject === RESET);
    const code = /code=(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const claim = await platform.storage.realm('sandbox').emailCodes.find(code, 'reset_password');
    assert.equal(claim?.accountId, old.id);
  });

  it('move to an address that is another app’s', async () => {
    const [email, wanted] = [newAddress(), newAddress()];
    await customer(field, wanted);
    const { browser } = await customer(fern, email);
    await browser.submit(await browser.get('/sandbox/account/security/email'), '/security/email', { email: wanted });
    const [mail] = (await platform.storage.sandboxInbox.list(fern.appId, { limit: 1, to: wanted })).mails;
    const { link = assert.fail(mail?.subject) } = mail ?? {};
    await browser.submit(await browser.get(link), '/security/new-email');
    assert.equal((await accounts().list({ email: wanted, limit: 10 })).length, 2);
  });

  it('made by a click on the newcomer are the app’s, too', async () => {
    const browser = platform.browser();
    await browser.submit(await open(browser, fern), '/persona', { persona: 'newcomer' });
    const [newcomer] = await accounts().list({ limit: 1 });
    assert.match(newcomer?.email ?? '', /^noa\.newcomer\+/);
    assert.equal(newcomer?.appId, fern.appId);
    assert.equal((await open(browser, field)).heading, 'Sign in');
  });

  it('go with their app', async () => {
    const [email, app] = [newAddress(), await platform.createApp({ name: 'Gone' })];
    const { browser } = await customer(app, email);
    await customer(fern, email);
    await ofNoApp({ email });
    await platform.storage.apps.delete(app.appId);
    await eraseDeletedApps(platform.database.db);
    const left = await accounts().list({ email, limit: 10 });
    assert.deepEqual(left.map(({ appId }) => appId).sort(), [fern.appId, undefined]);
    const page = await browser.get('/sandbox/account/security');
    assert.equal(page.url.pathname, '/sandbox/account/sign-in', 'nobody is signed in to it any more');
  });
});

/** What a page's script hands to the browser's WebAuthn. */
function dataOf(page: Page, name: 'request' | 'creation') {
  const [, json = ''] = new RegExp(` data-passkey-${name}="([^"]*)"`).exec(page.html) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
}

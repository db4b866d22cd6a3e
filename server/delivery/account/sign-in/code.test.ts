import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeStale, PASSWORD, resident, signInAs } from '#portal/testing/resident.ts';
import type { NewAccount } from '#storage/accounts.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { mailedCode } from '#testing/mailed-code.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const NEW_PASSWORD = 'a loom of many cards';
const CODE = /^Check your email$/;
let seed = 0;
const newEmail = () => `ada.${++seed}@example.com`;
const textOf = ({ html }: Page) => html.replaceAll(/<[^>]*>/g, '');

describe('a code by mail, at the account pages', () => {
  let platform: TestPlatform;
  before(async () => {
    // Behind a proxy, so that each test comes from an address of its own.
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
  });
  after(() => platform.close());

  let people = 0;
  const browserOf = (at = platform): HttpBrowser => {
    const browser = at.browser();
    people += 1;
    browser.headers = { ...browser.headers, 'x-forwarded-for': `203.0.113.${people}` };
    return browser;
  };
  const accounts = () => platform.storage.realm('production').accounts;
  const newAccount = async (known: NewAccount = {}) => {
    const email = newEmail();
    const made = await accounts().create({ email, emailVerified: true, givenName: 'Ada', ...known });
    return { ...made, email };
  };
  /** Presses the button by which a form with an address asks for a code. */
  const ask = async (
    browser: HttpBrowser,
    path: string,
    email: string,
    way: 'sign_in' | 'sign_up' | 'forgot' = 'sign_in',
  ): Promise<Page> => {
    const page = await browser.get(path);
    assert.match(page.html, new RegExp(`name="way" value="${way}" formaction="/account/sign-in/code"`));
    const { values } = page.form(path.replace(/\?.*/, '').replace('/account', ''));
    return browser.post('/account/sign-in/code', { ...values, email, way });
  };
  const enter = async (browser: HttpBrowser, page: Page, at = platform) =>
    browser.submit(page, '/code-check', { code: await mailedCode(at, page) });
  const isSignedIn = async (browser: HttpBrowser) => (await browser.get('/account')).url.pathname === '/account';

  it('signs in, goes on where one wanted to go, and says the same before of an address that nobody has', async () => {
    const account = await newAccount();
    const pages: string[] = [];
    for (const email of [account.email, newEmail()]) {
      const browser = browserOf();
      const page = await ask(browser, '/account/sign-in?continue=/account/security', email);
      assert.match(page.heading, CODE);
      assert.equal(page.status, 200);
      pages.push(
        page.html
          .replaceAll(email, 'EMAIL')
          .replaceAll(/signing-in\/[\w-]+|(name="(?:csrf|submission)" value|data-masked)="[^"]*"/g, ''),
      );
      assert.equal(await isSignedIn(browser), false, 'nobody is signed in before the code');
      const next = await enter(browser, page);
      if (email === account.email) assert.equal(next.url.pathname, '/account/security');
      else assert.match(next.heading, /What’s your name/);
    }
    assert.equal(pages[0], pages[1]);
    const [entry] = await platform.storage.auditLog.list({ subject: `account:${account.id}`, act: 'session.started' });
    assert.deepEqual(entry?.detail, { method: 'code' });
  });

  it('makes an account of a new address, whose name and password may be left out', async () => {
    const email = newEmail();
    const browser = browserOf();
    const name = await enter(
      browser,
      await ask(browser, '/account/sign-up?continue=/account/profile', email, 'sign_up'),
    );
    assert.equal(await isSignedIn(browser), false);
    const wrong = await browser.submit(name, '/name', { given_name: 'Ada', password: 'short' });
    assert.equal(wrong.status, 400);
    assert.equal(wrong.form('/name').values['given_name'], 'Ada');
    const home = await browser.submit(wrong, '/name', { given_name: 'Ada', family_name: 'Byron' });
    assert.equal(home.url.pathname, '/account/profile');
    const account = await accounts().findVerified(email);
    assert.deepEqual([account?.givenName, account?.passwordHash], ['Ada', undefined]);
  });

  it('leads from a forgotten password to a new one, which ends all other sessions', async () => {
    const { email, browser: elsewhere } = await resident(platform);
    const browser = browserOf();
    const choose = await enter(
      browser,
      await ask(browser, '/account/forgot-password?continue=/account/data', email, 'forgot'),
    );
    assert.match(choose.heading, /^Choose a new password$/);
    assert.equal(await isSignedIn(browser), false);
    const weak = await browser.submit(choose, '/new-password', { password: email });
    assert.equal(weak.status, 400);
    assert.equal(
      (await browser.submit(weak, '/new-password', { password: NEW_PASSWORD })).url.pathname,
      '/account/data',
    );
    assert.equal(await isSignedIn(elsewhere), false);
    const page = await browserOf().get('/account/sign-in');
    assert.equal(page.status, 200);
    const again = browserOf();
    const form = await again.get('/account/sign-in');
    assert.equal((await again.submit(form, '/sign-in', { email, password: PASSWORD })).status, 400);
    assert.equal((await again.submit(form, '/sign-in', { email, password: NEW_PASSWORD })).url.pathname, '/account');
  });

  it('ends a sign-in that stands before its last question, when the password changes meanwhile', async () => {
    const { email, browser } = await resident(platform);
    const thief = browserOf();
    const choose = await enter(thief, await ask(thief, '/account/forgot-password', email, 'forgot'));
    const security = await browser.get('/account/security/password');
    await browser.submit(security, '/security/password', { password: NEW_PASSWORD, end_others: 'yes' });
    const refused = await thief.submit(choose, '/new-password', { password: 'a third of many cards' });
    assert.equal(refused.url.pathname, '/account/sign-in');
    assert.match(refused.html, /This took too long/);
    assert.equal(await isSignedIn(thief), false);
    assert.ok(await signInAgain(email, NEW_PASSWORD));
  });
  const signInAgain = async (email: string, password: string) => {
    const browser = browserOf();
    const page = await browser.submit(await browser.get('/account/sign-in'), '/sign-in', { email, password });
    return page.url.pathname === '/account';
  };

  it('opens nothing in another browser, nor without having been typed, nor twice', async () => {
    const { email } = await newAccount();
    const browser = browserOf();
    const page = await ask(browser, '/account/forgot-password', email, 'forgot');
    const { action, values } = page.form('/code-check');
    const code = await mailedCode(platform, page);
    const stranger = browserOf();
    const { values: own } = (await stranger.get('/account/sign-in')).form('/sign-in');
    const refused = await stranger.post(action, { csrf: own['csrf'] ?? '', code });
    assert.equal(refused.url.pathname, '/account/sign-in');
    assert.equal(await isSignedIn(stranger), false);

    const gate = action.replace(/code-check$/, 'new-password');
    assert.match((await browser.post(gate, { ...values, password: NEW_PASSWORD })).heading, CODE);
    for (const skipped of ['name', 'breached-password'])
      assert.match((await browser.post(action.replace(/code-check$/, skipped), values)).heading, CODE);
    assert.equal(await isSignedIn(browser), false);

    const choose = await enter(browser, page);
    assert.equal((await browser.submit(choose, '/new-password')).url.pathname, '/account');
    await browser.submit(await browser.get('/account'), '/sign-out');
    const { csrf = '' } = (await browser.get('/account/sign-in')).form('/sign-in').values;
    for (const step of ['code-check', 'new-password'])
      assert.match(
        (await browser.post(action.replace(/code-check$/, step), { csrf, code })).html,
        /This took too long/,
      );
    assert.equal(await isSignedIn(browser), false, 'what has ended does not begin again');
  });

  it('says what is wrong with a code, and lets nobody try a sixth time', async () => {
    const browser = browserOf();
    let page = await ask(browser, '/account/sign-in', newEmail());
    const right = await mailedCode(platform, page);
    const wrong = right.startsWith('1') ? `2${right.slice(1)}` : `1${right.slice(1)}`;
    assert.match((await browser.submit(page, '/code-check', { code: '12' })).html, /The code has 6 digits\./);
    for (const left of ['4 more times', '3 more times', '2 more times', 'once more']) {
      page = await browser.submit(page, '/code-check', { code: wrong });
      assert.equal(page.status, 400);
      assert.match(page.html, new RegExp(`You can try ${left}\\.`));
    }
    page = await browser.submit(page, '/code-check', { code: wrong });
    page = await browser.submit(page, '/code-check', { code: right });
    assert.match(page.html, /This code no longer works/);
    page = await browser.submit(page, '/code-again');
    assert.equal(page.status, 429);
  });

  it('is enough to confirm who one is, of one’s own account alone', async () => {
    const { account, email, browser } = await resident(platform);
    await makeStale(platform, account.id);
    const confirm = await browser.get('/account/security/password');
    assert.equal(confirm.url.pathname, '/account/confirm');
    const other = await newAccount();
    // Whose address it is, the form does not say.
    const page = await browser.submit(confirm, '/sign-in/code', { way: 'confirm', email: other.email });
    assert.ok(textOf(page).includes(email) && !textOf(page).includes(other.email));
    assert.equal((await browser.get('/account/security/password')).url.pathname, '/account/confirm', 'not yet');
    assert.equal((await enter(browser, page)).url.pathname, '/account/security/password');
  });

  it('tells only whoever typed the code that the account is blocked, and leads who is leaving to where it can be kept', async () => {
    const blocked = await newAccount({ blocked: true });
    const browser = browserOf();
    const refused = await enter(browser, await ask(browser, '/account/sign-in', blocked.email));
    assert.equal(refused.status, 403);
    assert.match(refused.html, /You can’t sign in with this account/);
    const leaving = await newAccount({ deletionDueAt: new Date(Date.now() + 86_400_000) });
    const back = browserOf();
    const page = await enter(back, await ask(back, '/account/forgot-password', leaving.email, 'forgot'));
    assert.equal(page.url.pathname, '/account/data/deletion');
  });

  it('shows what is wrong with an address where it was typed', async () => {
    for (const [path, way] of [
      ['/account/sign-in', 'sign_in'],
      ['/account/sign-up', 'sign_up'],
      ['/account/forgot-password', 'forgot'],
    ] as const) {
      const page = await ask(browserOf(), path, 'ada@', way);
      assert.equal(page.status, 400);
      assert.match(page.html, /Enter an email address like/);
      assert.equal(page.form(path.replace('/account', '')).values['email'], 'ada@');
    }
  });

  it('is not there in the sandbox, where mail reaches nobody', async () => {
    const browser = browserOf();
    for (const path of ['sign-in', 'sign-up', 'forgot-password'])
      assert.doesNotMatch((await browser.get(`/sandbox/account/${path}`)).html, /Email me a code/);
    const { values } = (await browser.get('/sandbox/account/sign-in')).form('/sign-in');
    assert.equal((await browser.post('/sandbox/account/sign-in/code', { ...values, email: newEmail() })).status, 404);
  });

  const wantNewPassword = async (id: string) =>
    accounts().wantNewPassword(id, (await accounts().find(id))?.passwordHash ?? '');

  it('comes after a breached password, too: its question is asked at the account pages, once', async () => {
    const { account, email, browser: elsewhere } = await resident(platform);
    await wantNewPassword(account.id);
    const browser = browserOf();
    const form = await browser.get('/account/sign-in?continue=/account/shops');
    const question = await browser.submit(form, '/sign-in', { email, password: PASSWORD });
    assert.match(question.heading, /new password/);
    assert.equal(await isSignedIn(browser), false);
    const weak = await browser.submit(question, '/breached-password', { password: PASSWORD.slice(0, 3) });
    assert.equal(weak.status, 400);
    const shops = await browser.submit(weak, '/breached-password', { password: NEW_PASSWORD });
    assert.equal(shops.url.pathname, '/account/shops');
    assert.equal(await isSignedIn(elsewhere), false, 'whoever else knew it is signed out');
    assert.ok(await signInAgain(email, NEW_PASSWORD));

    const later = await resident(platform);
    await wantNewPassword(later.account.id);
    const again = browserOf();
    const asked = await again.submit(await again.get('/account/sign-in'), '/sign-in', {
      email: later.email,
      password: PASSWORD,
    });
    const { action, values } = asked.form('/breached-password');
    assert.equal((await again.post(action, { ...values, later: 'yes' })).url.pathname, '/account');
    assert.ok(await signInAgain(later.email, PASSWORD));
  });

  it('confirms the address of whoever signs in or up, where the operator wants that', async () => {
    const own = await startTestPlatform({ EMAIL_VERIFICATION: 'required' });
    try {
      const email = newEmail();
      const browser = browserOf(own);
      const form = await browser.get('/account/sign-up');
      const code = await browser.submit(form, '/sign-up', { given_name: 'Ada', email, password: PASSWORD });
      assert.match(code.heading, CODE);
      assert.match(code.html, /needs a confirmed email address/);
      assert.equal(await isSignedIn(browser), false);
      assert.equal((await enter(browser, code, own)).url.pathname, '/account');
      const account = await own.storage.realm('production').accounts.findVerified(email);
      assert.ok(account?.passwordHash, 'this very account');
      const [entry] = await own.storage.auditLog.list({ subject: `account:${account.id}`, act: 'session.started' });
      assert.deepEqual(entry?.detail, { method: 'pwd+code' });
      assert.ok(await signInAs(own, email), 'who has confirmed it is not asked again');
    } finally {
      await own.close();
    }
  });
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import type { NewAccount } from '../../storage/accounts.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

/** In the list of breached passwords, and simple to nobody. */
const BREACHED = 'ljcnjtdcrbq';
const GOOD = 'a difference of engines';
const GATE = 'Choose a new password';
const CONSENT = /^Share your details with/;
const DAY_MS = 24 * 60 * 60 * 1000;

describe('somebody who signs in at the popup with a breached password', () => {
  let platform: TestPlatform;
  let shop: AppSecrets;
  before(async () => {
    platform = await startTestPlatform();
    shop = await platform.createApp({ environment: 'production' });
  });
  after(() => platform.close());

  const rows = () => platform.storage.realm('production');
  const open = (browser: HttpBrowser, { clientId } = shop): Promise<Page> =>
    browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
  async function newAccount(more: NewAccount = {}) {
    const email = `ada.${randomUUID()}@example.com`;
    const passwordHash = await hashPassword(BREACHED);
    const { id } = await rows().accounts.create({
      email,
      emailVerified: true,
      givenName: 'Ada',
      familyName: 'Byron',
      passwordHash,
      ...more,
    });
    return { id, email };
  }
  async function signIn(email: string, password = BREACHED, more: Record<string, string> = {}) {
    const browser = platform.browser();
    const page = await browser.submit(await open(browser), '/sign-in', { email, password, ...more });
    return { browser, page };
  }
  const sessionsOf = async (id: string) => (await rows().sessions.list(id)).total;
  /** Says "later" at the account pages, in so far as it is asked there, and is to be asked in the popup all the same. */
  async function signInAtPortal({ id, email }: { id: string; email: string }) {
    const browser = platform.browser();
    const form = await browser.get('/account/sign-in');
    const question = await browser.submit(form, '/sign-in', { email, password: BREACHED });
    await later(browser, question);
    await platform.storage.realm('production').accounts.postponeNewPassword(id, new Date());
    return browser;
  }
  /** The form that saves comes first, and the one for later second. */
  const later = (browser: HttpBrowser, page: Page) => browser.submit(page, '/breached-password', { later: 'yes' });

  it('is asked for another before they are signed in, on each reload, and nobody else is', async () => {
    const { id, email } = await newAccount();
    const { browser, page } = await signIn(email);
    assert.equal(page.heading, GATE);
    assert.match(page.html, /lists of passwords that were stolen/);
    assert.equal((await browser.get(page.url.pathname)).heading, GATE);
    assert.equal(await sessionsOf(id), 0);
    assert.equal((await signIn(email, 'a wrong password')).page.heading, 'Sign in');
    const other = await newAccount({ passwordHash: await hashPassword(GOOD) });
    assert.match((await signIn(other.email, GOOD)).page.heading, CONSENT);
  });

  it('goes on with the old one, and is asked again after 30 days', async () => {
    const { id, email } = await newAccount();
    const { browser, page } = await signIn(email);
    const next = await later(browser, page);
    assert.match(next.heading, CONSENT);
    assert.equal((await browser.submit(next, '/consent')).claims['email'], email);
    assert.equal((await signIn(email)).page.claims['email'], email);
    const dueAt = (await rows().accounts.find(id))?.newPasswordDueAt?.getTime() ?? 0;
    assert.ok(Math.abs(dueAt - Date.now() - 30 * DAY_MS) < DAY_MS);
    await rows().accounts.postponeNewPassword(id, new Date(Date.now() - 1));
    assert.equal((await signIn(email)).page.heading, GATE);
  });

  it('chooses another, which ends every other session, and is never asked again', async () => {
    const { id, email } = await newAccount();
    const thief = await signInAtPortal({ id, email });
    const held = await signIn(email);
    const { browser, page } = await signIn(email);
    const next = await browser.submit(page, '/breached-password', { password: GOOD });
    assert.match(next.heading, CONSENT);
    assert.equal((await browser.submit(next, '/consent')).claims['email'], email);
    assert.equal((await thief.get('/account/security')).url.pathname, '/account/sign-in');
    assert.notEqual((await later(held.browser, held.page)).status, 200, 'nor does another popup go on');
    assert.equal((await signIn(email)).page.status, 400, 'the old one');
    // They have agreed before, so the sign-in is all that is asked.
    assert.equal((await signIn(email, GOOD)).page.claims['email'], email);
    const subject = `account:${id}`;
    const [act] = await platform.storage.auditLog.list({ subject, act: 'account.password_changed' });
    assert.deepEqual(act?.detail, { sessionsEnded: 1 });
    const mails = (await platform.storage.mails.list()).filter(({ to }) => to === email);
    assert.ok(mails.some(({ subject }) => /password was changed/.test(subject)));
  });

  for (const [what, password, message] of [
    ['a breached one', 'shevchenko1995', /lists of stolen passwords/],
    ['the same', BREACHED, /lists of stolen passwords/],
    ['a common one', 'password1', /easy to guess/],
    ['none', '', /Fill this in/],
  ] as const)
    it(`is not rid of the page by ${what}`, async () => {
      const { id, email } = await newAccount();
      const { browser, page } = await signIn(email);
      const refused = await browser.submit(page, '/breached-password', { password });
      assert.equal(refused.status, 400);
      assert.match(refused.html, message);
      assert.equal(await sessionsOf(id), 0);
      assert.match((await browser.submit(refused, '/breached-password', { password: GOOD })).heading, CONSENT);
    });

  it('is offered a passkey after that', async () => {
    const { email } = await newAccount();
    const { browser, page } = await signIn(email, BREACHED, { passkeys: '1' });
    assert.equal(page.heading, GATE);
    assert.equal((await later(browser, page)).heading, 'Next time, without a password');
  });

  it('cannot go on when the account is blocked meanwhile', async () => {
    const { id, email } = await newAccount();
    const { browser, page } = await signIn(email);
    await rows().accounts.setBlocked(id, true);
    const before = (await rows().accounts.find(id))?.passwordHash;
    for (const values of [{ password: GOOD }, { later: 'yes' }])
      assert.equal((await browser.submit(page, '/breached-password', values)).heading, 'Sign in');
    assert.equal((await rows().accounts.find(id))?.passwordHash, before);
    assert.equal(await sessionsOf(id), 0);
  });

  it('is a browser that has proven itself: another form changes no password', async () => {
    const { id, email } = await newAccount();
    await signIn(email);
    const before = (await rows().accounts.find(id))?.passwordHash;
    const thief = platform.browser();
    const form = (await open(thief)).form('/sign-in');
    const target = form.action.replace('/sign-in', '/breached-password');
    const answer = await thief.post(target, { ...form.values, email, password: GOOD });
    assert.equal(answer.heading, 'Sign in');
    assert.equal((await rows().accounts.find(id))?.passwordHash, before);
  });

  it('is not asked as a test person', async () => {
    const sandbox = await platform.createApp();
    const browser = platform.browser();
    const page = await browser.submit(await open(browser, sandbox), '/persona', { persona: 'complete' });
    assert.match(page.heading, CONSENT);
  });
});

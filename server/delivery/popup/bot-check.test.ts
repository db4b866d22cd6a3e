import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { PAUSE_MS } from '#domain/bots/puzzle.ts';
import { LIMITS } from '#domain/throttle/limits.ts';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { mailedCode } from '../../testing/mailed-code.ts';
import { solved } from '../../testing/solved-puzzle.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const CHECK = /^One moment$/;
const CODE = /^Check your email$/;
const CONSENT = /^Share your details/;
let seed = 0;
const newEmail = () => `ada.${++seed}@example.com`;

/** What a form carries, if it does. */
const altchaOf = (page: Page, action: string) => String(page.form(action).values['altcha'] ?? '');

describe('the check for bots, in the popup', () => {
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    platform = await startTestPlatform({ BOT_CHECK: 'always' });
    ({ clientId } = await platform.createApp({ environment: 'production' }));
  });
  after(() => platform.close());

  const accounts = () => platform.storage.realm('production').accounts;
  const newAccount = async () => {
    const known = {
      emailVerified: true,
      givenName: 'Ada',
      familyName: 'Byron',
      passwordHash: await hashPassword(PASSWORD),
    };
    return accounts().create({ email: newEmail(), ...known });
  };
  const open = async (browser = platform.browser()): Promise<{ browser: HttpBrowser; first: Page }> => ({
    browser,
    first: await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' }),
  });
  const askFromFirst = (browser: HttpBrowser, first: Page, email: string) => {
    const { action, values } = first.form('/sign-in');
    return browser.post(action.replace(/sign-in$/, 'code'), { ...values, email });
  };
  const signUpPage = async ({ browser, first }: { browser: HttpBrowser; first: Page }, path = '') =>
    browser.get(`${first.signUpAddress.replace(/\/password$/, '')}${path}`);
  const solve = async (browser: HttpBrowser, page: Page, action: string, more: Record<string, string> = {}) =>
    browser.submit(page, action, { ...more, altcha: await solved(altchaOf(page, action)) });
  const mails = async (email: string) => (await platform.storage.mails.list()).filter(({ to }) => to === email).length;

  it('comes after the first page, which has nothing of it, and mails nothing before', async () => {
    const { browser, first } = await open();
    assert.doesNotMatch(first.html, /altcha/);
    const email = newEmail();
    const check = await askFromFirst(browser, first, email);
    assert.match(check.heading, CHECK);
    assert.equal(check.status, 429);
    assert.equal(await mails(email), 0);
    const code = await solve(browser, check, '/code');
    assert.match(code.heading, CODE);
    assert.equal(await mails(email), 1);
    assert.ok((await browser.submit(code, '/code-check', { code: await mailedCode(platform, code) })).status === 200);
  });

  it('is solved while an address is typed: no page comes between', async () => {
    for (const path of ['', '/forgot-password']) {
      const window = await open();
      const page =
        path === ''
          ? await signUpPage(window)
          : await window.browser.get(window.first.signUpAddress.replace(/\/sign-up.*$/, path));
      assert.match((await solve(window.browser, page, '/code', { email: newEmail() })).heading, CODE);
    }
  });

  it('says the same of an address that has an account and of one that nobody has', async () => {
    const pages: string[] = [];
    for (const email of [(await newAccount()).email ?? '', newEmail()]) {
      const { browser, first } = await open();
      const { html } = await askFromFirst(browser, first, email);
      pages.push(
        html
          .replaceAll(email, 'EMAIL')
          .replaceAll(/interaction\/[\w-]+|(name="(?:csrf|submission|altcha)" value|data-masked)="[^"]*"/g, ''),
      );
    }
    assert.equal(pages[0], pages[1]);
  });

  it('makes no account for a form with a password that has not worked for it, and keeps what was typed', async () => {
    const window = await open();
    const email = newEmail();
    const form = { given_name: 'Ada', family_name: 'Byron', email, password: PASSWORD };
    const page = await signUpPage(window, '/password');
    const { altcha: _none, ...bare } = { ...page.form('/sign-up').values, ...form } as Record<string, string>;
    const refused = await window.browser.post(page.form('/sign-up').action, bare);
    assert.equal(refused.status, 429);
    assert.match(refused.html, /Yours is doing so/);
    assert.equal(refused.form('/sign-up').values['email'], email);
    assert.equal((await accounts().findByEmail(email)).length, 0);
    const consent = await solve(window.browser, refused, '/sign-up', form);
    assert.match(consent.heading, CONSENT);
    assert.equal((await accounts().findByEmail(email)).length, 1);
  });

  it('takes a solution once, and in its own interaction', async () => {
    const [one, other] = [await open(), await open()];
    const check = await askFromFirst(one.browser, one.first, newEmail());
    const altcha = await solved(altchaOf(check, '/code'));
    const { action, values } = other.first.form('/sign-in');
    const elsewhere = { ...values, email: newEmail(), altcha };
    assert.match((await other.browser.post(action.replace(/sign-in$/, 'code'), elsewhere)).heading, CHECK);
    const first = { ...check.form('/code').values, altcha };
    assert.match((await one.browser.post(check.form('/code').action, first)).heading, CODE);
    const replayed = { ...first, email: newEmail(), submission: 'a'.repeat(22) };
    const again = await one.browser.post(check.form('/code').action, replayed);
    assert.match(again.heading, CHECK);
    assert.equal(await mails(String(replayed.email)), 0);
  });

  it('gives parallel forms with one solution one mail', async () => {
    const { browser, first } = await open();
    const check = await askFromFirst(browser, first, newEmail());
    const altcha = await solved(altchaOf(check, '/code'));
    const { action, values } = check.form('/code');
    const emails = Array.from({ length: 6 }, newEmail);
    await Promise.all(
      emails.map((email, index) =>
        browser.post(action, { ...values, email, altcha, submission: `${index}`.repeat(22) }),
      ),
    );
    const sent = await Promise.all(emails.map(mails));
    assert.equal(
      sent.reduce((sum, each) => sum + each, 0),
      1,
    );
  });

  it('lets whoever has no script wait, and says how long', async () => {
    const { browser, first } = await open();
    const check = await askFromFirst(browser, first, newEmail());
    assert.match(check.html, /wait 20 seconds before you press/);
    const early = await browser.submit(check, '/code');
    assert.equal(early.status, 429);
    assert.match(early.html, /That was a little early\. Wait (19|20) seconds/);
    assert.match(early.headers.get('retry-after') ?? '', /^(19|20)$/);
    mock.timers.enable({ apis: ['Date'], now: Date.now() + PAUSE_MS });
    try {
      assert.match((await browser.submit(early, '/code')).heading, CODE);
    } finally {
      mock.timers.reset();
    }
  });

  it('is on no way of somebody who comes back', async () => {
    const account = await newAccount();
    const email = account.email ?? '';
    const { browser, first } = await open();
    const consent = await browser.submit(first, '/sign-in', { email, password: PASSWORD });
    assert.match(consent.heading, CONSENT, 'by password, in a new browser');
    await browser.submit(consent, '/switch-account');
    const again = await open(browser);
    assert.match((await askFromFirst(browser, again.first, newEmail())).heading, CODE, 'by a code, in a known browser');
  });

  it('is not there where somebody confirms the address of the account that they are in', async () => {
    const { clientId: strict } = await platform.createApp({ environment: 'production', requireVerifiedEmail: true });
    const email = newEmail();
    await accounts().create({ email, emailVerified: false, passwordHash: await hashPassword(PASSWORD) });
    const browser = platform.browser();
    const first = await browser.openPopup({ client_id: strict, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    assert.match((await browser.submit(first, '/sign-in', { email, password: PASSWORD })).heading, CODE);
  });

  it('is not there, either, where somebody who is signed in is asked to confirm the address', async () => {
    const { clientId: strict } = await platform.createApp({ environment: 'production', requireVerifiedEmail: true });
    const email = newEmail();
    await accounts().create({ email, emailVerified: false, passwordHash: await hashPassword(PASSWORD) });
    const { browser: known, first } = await open();
    await known.submit(first, '/sign-in', { email, password: PASSWORD });
    const browser = platform.browser();
    browser.restoreCookies(known.saveCookies().filter((cookie) => !cookie.includes('-devices=')));
    const page = await browser.openPopup({ client_id: strict, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    assert.match(page.heading, /^Confirm your email/);
    assert.match((await browser.submit(page, '/code')).heading, CODE);
  });
});

describe('the check for bots, while many come from one network', () => {
  it('begins after the few, there alone', async () => {
    const platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
    const { clientId } = await platform.createApp({ environment: 'production' });
    const ask = async (address: string) => {
      const browser = platform.browser();
      browser.headers['x-forwarded-for'] = address;
      const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
      const { action, values } = first.form('/sign-in');
      return (await browser.post(action.replace(/sign-in$/, 'code'), { ...values, email: newEmail() })).heading;
    };
    for (let count = 0; count < LIMITS.strangersByNetwork.points; count += 1)
      assert.match(await ask(`2001:db8:1:${count}::1`), CODE);
    assert.match(await ask('2001:db8:1:ff::1'), CHECK);
    assert.match(await ask('2001:db8:2::1'), CODE);
    await platform.close();
  });
});

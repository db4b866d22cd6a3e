import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import type { NewAccount } from '../../storage/accounts.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { mailedCode } from '../../testing/mailed-code.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const NEW_PASSWORD = 'a loom of many cards';
const CODE = /^Check your email$/;
const CONSENT = /^Share your details/;
const NAME = /^What’s your name\?$/;
let seed = 0;
const newEmail = () => `ada.${++seed}@example.com`;

describe('a code by mail, in the popup', () => {
  let platform: TestPlatform;
  let clientId: string;
  let strict: string;
  before(async () => {
    platform = await startTestPlatform();
    ({ clientId } = await platform.createApp({ environment: 'production' }));
    ({ clientId: strict } = await platform.createApp({ environment: 'production', requireVerifiedEmail: true }));
  });
  after(() => platform.close());

  const accounts = () => platform.storage.realm('production').accounts;
  const open = async (
    app = clientId,
    browser = platform.browser(),
  ): Promise<{ browser: HttpBrowser; first: Page }> => ({
    browser,
    first: await browser.openPopup({ client_id: app, origin: SHOP_ORIGIN, state: 's', nonce: 'n' }),
  });
  const newAccount = async (known: NewAccount = {}) =>
    accounts().create({
      email: newEmail(),
      emailVerified: true,
      givenName: 'Ada',
      passwordHash: await hashPassword(PASSWORD),
      ...known,
    });
  /** Asks for a code from the first page. */
  const ask = async (browser: HttpBrowser, first: Page, email: string, way?: 'sign_up' | 'forgot') => {
    const { action, values } = first.form('/sign-in');
    const target = action.replace(/sign-in$/, 'code');
    return browser.post(target, { ...values, email, ...(way && { way }) });
  };
  const enter = async (browser: HttpBrowser, page: Page, more: Record<string, string> = {}) =>
    browser.submit(page, '/code-check', { code: await mailedCode(platform, page), ...more });

  it('signs in, in one window, and says the same before of an address that nobody has', async () => {
    const account = await newAccount();
    const pages: string[] = [];
    for (const email of [account.email ?? '', newEmail()]) {
      const { browser, first } = await open();
      const page = await ask(browser, first, email);
      assert.match(page.heading, CODE);
      assert.equal(page.status, 200);
      pages.push(
        page.html
          .replaceAll(email, 'EMAIL')
          .replaceAll(/interaction\/[\w-]+|(name="(?:csrf|submission)" value|data-masked)="[^"]*"/g, ''),
      );
      const next = await enter(browser, page);
      assert.match(next.heading, email === account.email ? CONSENT : NAME);
    }
    assert.equal(pages[0], pages[1]);
  });

  it('says in the credential that a code was typed, and that the address is confirmed', async () => {
    const account = await newAccount();
    const { browser, first } = await open();
    const consent = await enter(browser, await ask(browser, first, account.email ?? ''));
    const { claims } = await browser.submit(consent, '/consent');
    assert.equal(claims['email_verified'], true);
    const [entry] = await platform.storage.auditLog.list({ subject: `account:${account.id}`, act: 'session.started' });
    assert.deepEqual(entry?.detail, { method: 'code', app: clientId });
  });

  it('makes an account of a new address: code, name, consent; the password may be left out', async () => {
    const email = newEmail();
    const { browser, first } = await open();
    const signUp = await browser.get(first.signUpAddress.replace(/\/password$/, ''));
    assert.match(signUp.heading, /^Create your .* account$/);
    const name = await enter(browser, await browser.submit(signUp, '/code', { email }));
    assert.match(name.heading, NAME);
    const wrong = await browser.submit(name, '/name', { given_name: 'Ada', password: 'short' });
    assert.equal(wrong.status, 400);
    assert.equal(wrong.form('/name').values['given_name'], 'Ada');
    const consent = await browser.submit(wrong, '/name', { given_name: 'Ada', family_name: 'Byron' });
    assert.match(consent.heading, CONSENT);
    const { claims } = await browser.submit(consent, '/consent');
    assert.deepEqual([claims['email'], claims['email_verified'], claims['name']], [email, true, 'Ada Byron']);
    const account = await accounts().findVerified(email);
    assert.deepEqual([account?.givenName, account?.passwordHash], ['Ada', undefined]);

    const again = await open();
    const back = await enter(again.browser, await ask(again.browser, again.first, email));
    assert.ok(back.message.credential, 'known in another browser, and asked nothing about a name');
  });

  it('takes a password with the name, which signs in from then on', async () => {
    const email = newEmail();
    const { browser, first } = await open();
    const name = await enter(browser, await ask(browser, first, email, 'sign_up'));
    assert.match((await browser.submit(name, '/name', { password: PASSWORD })).heading, CONSENT);
    const again = await open();
    assert.match((await again.browser.submit(again.first, '/sign-in', { email, password: PASSWORD })).heading, CONSENT);
  });

  it('offers a passkey after the code, once, where the device could make one', async () => {
    const account = await newAccount();
    const { browser, first } = await open();
    const offer = await enter(browser, await ask(browser, first, account.email ?? ''), { passkeys: '1' });
    assert.match(offer.heading, /^Next time, without a password$/);
    assert.match((await browser.submit(offer, '/passkey-offer')).heading, CONSENT);
  });

  it('lets somebody who forgot that they have an account land in it', async () => {
    const account = await newAccount();
    const { browser, first } = await open();
    const consent = await enter(browser, await ask(browser, first, account.email ?? '', 'sign_up'));
    assert.match(consent.heading, CONSENT);
    assert.equal((await accounts().findByEmail(account.email ?? '')).length, 1);
  });

  it('goes on without, with a password and an address that is not confirmed', async () => {
    const email = newEmail();
    const { browser, first } = await open();
    const code = await ask(browser, first, email, 'sign_up');
    const form = await browser.submit(code, '/code-not-now');
    assert.equal(form.form('/sign-up').values['email'], email, 'nobody types the address twice');
    const consent = await browser.submit(form, '/sign-up', { given_name: 'Ada', password: PASSWORD });
    const { claims } = await browser.submit(consent, '/consent');
    assert.equal(claims['email_verified'], false);
  });

  it('makes the claim that is signed in here the account, and ends those of others', async () => {
    const email = newEmail();
    const mine = await newAccount({ email, emailVerified: false });
    const theirs = await newAccount({
      email,
      emailVerified: false,
      passwordHash: await hashPassword('something else'),
    });
    const { browser, first } = await open();
    await browser.submit(first, '/sign-in', { email, password: PASSWORD });
    const again = await open(clientId, browser);
    const base = await browser.get(`${again.first.form('/consent').action.replace(/consent$/, '')}sign-in`);
    const next = await enter(browser, await ask(browser, base, email));
    assert.match(next.heading, CONSENT);
    assert.equal((await accounts().find(mine.id))?.emailVerified, true);
    assert.equal((await accounts().find(theirs.id))?.blocked, true);
  });

  it('says what is wrong with a code, and lets nobody try a sixth time', async () => {
    const { browser, first } = await open();
    let page = await ask(browser, first, newEmail());
    const right = await mailedCode(platform, page);
    const wrong = right.startsWith('1') ? `2${right.slice(1)}` : `1${right.slice(1)}`;
    page = await browser.submit(page, '/code-check', { code: '12' });
    assert.match(page.html, /The code has 6 digits\./);
    for (const left of ['4 more times', '3 more times', '2 more times', 'once more']) {
      page = await browser.submit(page, '/code-check', { code: wrong });
      assert.equal(page.status, 400);
      assert.match(page.html, new RegExp(`This isn’t the code\\. You can try ${left}\\.`));
    }
    page = await browser.submit(page, '/code-check', { code: wrong });
    assert.match(page.html, /This code no longer works/);
    page = await browser.submit(page, '/code-check', { code: right });
    assert.match(page.html, /This code no longer works/);
    page = await browser.submit(page, '/code-again');
    assert.equal(page.status, 429);
    assert.match(page.html, /You can send another one in \d+ seconds/);
  });

  it('is no code in another browser, though the address of the page is known there', async () => {
    const { browser, first } = await open();
    const page = await ask(browser, first, newEmail());
    const code = await mailedCode(platform, page);
    const { action, values } = page.form('/code-check');
    const stranger = platform.browser();
    await open(clientId, stranger);
    const refused = await stranger.post(action, { ...values, code });
    assert.equal(refused.status, 400);
    assert.match(refused.heading, /^This took too long$/);
    assert.match((await browser.submit(page, '/code-check', { code })).heading, NAME);
  });

  it('tells only whoever typed the code that the account is blocked, or about to be deleted', async () => {
    const blocked = await newAccount({ blocked: true });
    const leaving = await newAccount({ deletionDueAt: new Date(Date.now() + 86_400_000) });
    for (const [account, message] of [
      [blocked, /You can’t sign in with this account/],
      [leaving, /about to be deleted/],
    ] as const) {
      const { browser, first } = await open();
      const page = await ask(browser, first, account.email ?? '');
      assert.match(page.heading, CODE);
      const refused = await enter(browser, page);
      assert.ok(refused.status >= 400);
      assert.match(refused.html, message);
      assert.equal(refused.delivery, undefined);
    }
  });

  it('shows what is wrong with an address where it was typed, and keeps what was typed', async () => {
    const { browser, first } = await open();
    const page = await ask(browser, first, 'ada@');
    assert.equal(page.status, 400);
    assert.match(page.html, /Enter an email address like/);
    assert.equal(page.form('/sign-in').values['email'], 'ada@');
    const signUp = await browser.submit(await browser.get(first.signUpAddress.replace(/\/password$/, '')), '/code', {
      email: '',
    });
    assert.match(signUp.html, /Fill this in\./);
  });

  describe('after a forgotten password', () => {
    it('leads to a new one, which works at once, and ends all other sessions', async () => {
      const account = await newAccount();
      const elsewhere = await open();
      await elsewhere.browser.submit(elsewhere.first, '/sign-in', { email: account.email ?? '', password: PASSWORD });
      const { browser, first } = await open();
      const forgot = await browser.get(`${first.form('/sign-in').action.replace(/sign-in$/, '')}forgot-password`);
      const code = await browser.submit(forgot, '/code', { email: account.email ?? '' });
      const choose = await enter(browser, code);
      assert.match(choose.heading, /^Choose a new password$/);
      const weak = await browser.submit(choose, '/new-password', { password: account.email ?? '' });
      assert.equal(weak.status, 400);
      const consent = await browser.submit(weak, '/new-password', { password: NEW_PASSWORD });
      assert.match(consent.heading, CONSENT);
      assert.ok((await browser.submit(consent, '/consent')).message.credential);
      assert.match((await open(clientId, elsewhere.browser)).first.heading, /^Sign in$/);
      const again = await open();
      const email = account.email ?? '';
      const old = await again.browser.submit(again.first, '/sign-in', { email, password: PASSWORD });
      assert.equal(old.status, 400);
      assert.ok((await again.browser.submit(old, '/sign-in', { email, password: NEW_PASSWORD })).message.credential);
    });

    it('goes on without a new one, and works where one is signed in already', async () => {
      const account = await newAccount();
      const { browser, first } = await open();
      const email = account.email ?? '';
      await browser.submit(first, '/sign-in', { email, password: PASSWORD });
      const { first: consent } = await open(clientId, browser);
      const forgot = await browser.get(`${consent.form('/consent').action.replace(/consent$/, '')}forgot-password`);
      const choose = await enter(browser, await browser.submit(forgot, '/code', { email }));
      const next = await browser.submit(choose, '/new-password', { password: NEW_PASSWORD });
      assert.match(next.heading, CONSENT);
      const other = await open();
      const once = await enter(other.browser, await ask(other.browser, other.first, email, 'forgot'));
      assert.match((await other.browser.submit(once, '/new-password')).heading, CONSENT);
    });

    it('changes nobody’s password without the code, nor after going on', async () => {
      const account = await newAccount();
      const { browser, first } = await open();
      const page = await ask(browser, first, account.email ?? '', 'forgot');
      const { action, values } = page.form('/code-check');
      const target = action.replace(/code-check$/, 'new-password');
      assert.match((await browser.post(target, { ...values, password: NEW_PASSWORD })).heading, CODE);
      assert.equal((await accounts().find(account.id))?.passwordHash, account.passwordHash);
    });
  });

  describe('where the app wants a confirmed address', () => {
    it('asks whoever signs up with a password, without a way around, and confirms this very account', async () => {
      const email = newEmail();
      const { browser, first } = await open(strict);
      const form = await browser.get(first.signUpAddress);
      const code = await browser.submit(form, '/sign-up', { given_name: 'Ada', email, password: PASSWORD });
      assert.match(code.heading, CODE);
      assert.throws(() => code.form('/code-not-now'));
      const [claim] = await accounts().findByEmail(email);
      const consent = await enter(browser, code);
      assert.match(consent.heading, CONSENT);
      const { claims } = await browser.submit(consent, '/consent');
      assert.equal(claims['email_verified'], true);
      assert.equal((await accounts().findVerified(email))?.id, claim?.id);
    });

    it('asks whoever is signed in elsewhere with one that is not confirmed, and issues nothing in silence', async () => {
      const email = newEmail();
      const account = await newAccount({ email, emailVerified: false });
      const { browser, first } = await open();
      const consent = await browser.submit(first, '/sign-in', { email, password: PASSWORD });
      assert.equal((await browser.submit(consent, '/consent')).claims['email_verified'], false);
      const { first: asked } = await open(strict, browser);
      assert.match(asked.heading, /^Confirm your email address$/);
      const code = await browser.submit(asked, '/code');
      assert.match(code.heading, CODE);
      const next = await enter(browser, code);
      assert.match(next.heading, CONSENT);
      assert.equal((await browser.submit(next, '/consent')).claims['email_verified'], true);
      assert.equal((await accounts().find(account.id))?.emailVerified, true);
    });

    it('asks nobody whose address is confirmed', async () => {
      const account = await newAccount();
      const { browser, first } = await open(strict);
      const next = await browser.submit(first, '/sign-in', { email: account.email ?? '', password: PASSWORD });
      assert.match(next.heading, CONSENT);
    });

    it('is what the operator may want of all', async () => {
      const own = await startTestPlatform({ EMAIL_VERIFICATION: 'required' });
      try {
        const app = await own.createApp({ environment: 'production' });
        const browser = own.browser();
        const first = await browser.openPopup({ client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
        const form = await browser.get(first.signUpAddress);
        const code = await browser.submit(form, '/sign-up', { email: newEmail(), password: PASSWORD });
        assert.match(code.heading, CODE);
        assert.match(
          (await browser.submit(code, '/code-check', { code: await mailedCode(own, code) })).heading,
          CONSENT,
        );
      } finally {
        await own.close();
      }
    });
  });

  it('stands on the page itself in the sandbox, marked as what would be mailed', async () => {
    const { clientId: sandboxed } = await platform.createApp();
    const { browser, first } = await open(sandboxed);
    const page = await ask(browser, first, newEmail());
    const shown = /data-sandbox-code>(\d{6})</.exec(page.html)?.[1] ?? '';
    assert.equal(shown, await mailedCode(platform, page, 'sandbox'));
    assert.match(page.html, /Sandbox: nothing is emailed/);
    assert.match((await browser.submit(page, '/code-check', { code: shown })).heading, NAME);

    const jane = await open(sandboxed);
    const hers = await ask(jane.browser, jane.first, 'jane.doe@example.com');
    const consent = await jane.browser.submit(hers, '/code-check', {
      code: await mailedCode(platform, hers, 'sandbox'),
    });
    assert.match(consent.heading, CONSENT);
    assert.match(consent.html, /Jane Doe/);
    const shared = await platform.storage.realm('sandbox').accounts.findPersona('complete');
    assert.ok(shared && !(await platform.storage.realm('sandbox').passkeys.list(shared.id)).length);
  });
});

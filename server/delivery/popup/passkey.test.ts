import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import type { Account, NewAccount } from '../../storage/accounts.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const OFFER = 'Next time, without a password';
const CONSENT = /^Share your details/;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What a page's script hands to the browser. */
const dataOf = (page: Page, name: string) => {
  const [, json = ''] = new RegExp(` data-passkey-${name}="([^"]*)"`).exec(page.html) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
};
const requestOf = (page: Page): PublicKeyCredentialRequestOptionsJSON => dataOf(page, 'request');
const creationOf = (page: Page): PublicKeyCredentialCreationOptionsJSON => dataOf(page, 'creation');

describe('passkeys in the popup', () => {
  let platform: TestPlatform;
  let clientIds: Record<'production' | 'sandbox', string>;
  let passwordHash: string;
  before(async () => {
    platform = await startTestPlatform();
    passwordHash = await hashPassword(PASSWORD);
    clientIds = {
      production: (await platform.createApp({ environment: 'production' })).clientId,
      sandbox: (await platform.createApp()).clientId,
    };
  });
  after(() => platform.close());

  const newAccount = (known: NewAccount = {}): Promise<Account & { email: string }> =>
    platform.storage.realm('production').accounts.create({
      email: `${crypto.randomUUID()}@example.com`,
      emailVerified: true,
      givenName: 'Ada',
      familyName: 'Byron',
      passwordHash,
      ...known,
    }) as Promise<Account & { email: string }>;
  const newAuthenticator = () => new SoftwareAuthenticator(platform.url);

  async function open(realm: 'production' | 'sandbox' = 'production', browser: HttpBrowser = platform.browser()) {
    const clientId = clientIds[realm];
    return {
      browser,
      first: await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' }),
    };
  }
  /** Signs in by password with a device that could make a passkey. */
  async function signIn({ email }: { email: string }, realm: 'production' | 'sandbox' = 'production') {
    const { browser, first } = await open(realm);
    return { browser, page: await browser.submit(first, '/sign-in', { email, password: PASSWORD, passkeys: '1' }) };
  }
  /** Takes the offer. */
  async function holder(known: NewAccount = {}) {
    const account = await newAccount(known);
    const authenticator = newAuthenticator();
    const { browser, page } = await signIn(account);
    const next = await browser.submit(page, '/passkey-offer', { response: authenticator.create(creationOf(page)) });
    return { account, authenticator, browser, next };
  }

  describe('the offer', () => {
    it('is none any more for an account that is blocked while it is looked at', async () => {
      const account = await newAccount();
      const { browser, page } = await signIn(account);
      await platform.storage.realm('production').accounts.setBlocked(account.id, true);
      for (const values of [{}, { response: newAuthenticator().create(creationOf(page)) }]) {
        const next = await browser.submit(page, '/passkey-offer', values);
        assert.equal(next.heading, 'Sign in');
      }
      const { passkeys, sessions } = platform.storage.realm('production');
      assert.deepEqual(await passkeys.list(account.id), []);
      assert.equal((await sessions.list(account.id)).total, 0);
    });

    it('comes after the password, survives a reload, and is made once a month', async () => {
      const account = await newAccount();
      const { browser, page } = await signIn(account);
      assert.equal(page.heading, OFFER);
      const again = await browser.get(page.url.pathname);
      assert.equal(again.heading, OFFER);
      assert.notEqual(creationOf(again).challenge, creationOf(page).challenge);
      assert.match((await browser.submit(again, '/passkey-offer')).heading, CONSENT);
      assert.match((await signIn(account)).page.heading, CONSENT);

      const { database } = platform;
      const makeOffered = (daysAgo: number) =>
        database.db
          .updateTable('accounts')
          .set({ passkey_offered_at: Date.now() - daysAgo * DAY_MS })
          .where('id', '=', account.id)
          .execute();
      await makeOffered(29);
      assert.match((await signIn(account)).page.heading, CONSENT);
      await makeOffered(31);
      assert.equal((await signIn(account)).page.heading, OFFER);
    });

    it('adds the passkey, tells its owner, and goes on', async () => {
      const { account, authenticator, next } = await holder();
      assert.match(next.heading, CONSENT);
      const [passkey] = await platform.storage.realm('production').passkeys.list(account.id);
      assert.equal(passkey?.credentialId, authenticator.credentialId);
      const mails = (await platform.storage.mails.list()).filter(({ to }) => to === account.email);
      assert.match(mails[0]?.subject ?? '', /passkey was added/);
      const [entry] = await platform.storage.auditLog.list({ act: 'passkey.added', actor: `account:${account.id}` });
      assert.equal(entry?.realm, 'production');
      assert.match((await signIn(account)).page.heading, CONSENT, 'who has one is not asked again');
    });

    it('is not made to who cannot take it, and to nobody without the right password', async () => {
      const account = await newAccount();
      const { browser, first } = await open();
      const { email } = account;
      const wrong = await browser.submit(first, '/sign-in', { email, password: 'wrong', passkeys: '1' });
      assert.equal(wrong.heading, 'Sign in');
      assert.match((await browser.submit(wrong, '/sign-in', { email, password: PASSWORD })).heading, CONSENT);
      const { browser: tester, first: personas } = await open('sandbox');
      const page = await tester.submit(personas, '/persona', { persona: 'complete', passkeys: '1' });
      assert.match(page.heading, CONSENT);
    });

    it('lets nobody past the password: without one given, its forms lead to sign-in', async () => {
      const { browser, first } = await open();
      const { action, values } = first.form('/sign-in');
      const target = action.replace('/sign-in', '/passkey-offer');
      const { csrf = '' } = values;
      for (const response of ['', newAuthenticator().get(requestOf(first))]) {
        assert.equal((await browser.post(target, { csrf, response })).heading, 'Sign in');
      }
      const account = await newAccount();
      const { browser: other, page } = await signIn(account);
      assert.equal((await browser.get(page.url.pathname)).status, 400, 'somebody else’s interaction');
      // Nobody is signed in before the answer: another window asks for the password.
      assert.equal((await open('production', other)).first.heading, 'Sign in');
    });

    it('is off when somebody tries to sign in as somebody else instead', async () => {
      const account = await newAccount();
      const { browser, first } = await open();
      const { email } = account;
      await browser.submit(first, '/sign-in', { email, password: PASSWORD, passkeys: '1' });
      await browser.submit(first, '/sign-in', { email: 'else@example.com', password: 'wrong' });
      const page = await browser.get(first.form('/sign-in').action.replace('/sign-in', ''));
      assert.equal(page.heading, 'Sign in');
    });

    it('is off once the password is another: whoever knew the old one gets no further', async () => {
      const account = await newAccount();
      const { browser, page } = await signIn(account);
      const json = newAuthenticator().create(creationOf(page));
      await platform.storage.realm('production').sessions.endAll(account.id);
      for (const response of ['', json]) {
        const refused = await browser.submit(page, '/passkey-offer', { response });
        assert.equal(refused.status, 400);
      }
      assert.deepEqual(await platform.storage.realm('production').passkeys.list(account.id), []);
    });

    it('can be cancelled, and tells the shop what it always does', async () => {
      const { browser, page } = await signIn(await newAccount());
      assert.equal((await browser.submit(page, '/cancel')).message.error, 'access_denied');
    });

    it('asks again when what comes is no passkey of this page', async () => {
      const account = await newAccount();
      const { browser, page } = await signIn(account);
      const options = creationOf(page);
      const bad = [
        'nonsense',
        newAuthenticator().create(options, { origin: 'https://evil.example' }),
        newAuthenticator().create(options, {
          challenge: creationOf((await signIn(await newAccount())).page).challenge,
        }),
      ];
      for (const response of bad) {
        const again = await browser.submit(page, '/passkey-offer', { response });
        assert.equal(again.status, 400);
        assert.equal(again.heading, OFFER);
        assert.match(again.html, /No passkey was created/);
      }
      assert.deepEqual(await platform.storage.realm('production').passkeys.list(account.id), []);
    });
  });

  describe('signing in with one', () => {
    it('needs nothing else', async () => {
      const { account, authenticator } = await holder();
      const { browser, first } = await open();
      const consent = await browser.submit(first, '/passkey', { response: authenticator.get(requestOf(first)) });
      assert.match(consent.heading, CONSENT);
      const { claims } = await browser.submit(consent, '/consent');
      assert.equal(claims['email'], account.email);
    });

    it('is refused in the same words, whatever the reason', async () => {
      const { authenticator } = await holder();
      const { browser, first } = await open();
      const elsewhere = requestOf((await open()).first);
      const used = authenticator.get(requestOf(first));
      const answers = [
        'nonsense',
        newAuthenticator().get(requestOf(first)),
        authenticator.get(requestOf(first), { origin: 'https://evil.example' }),
        authenticator.get(requestOf(first), { userVerified: false }),
        authenticator.get(requestOf(first), { rpId: 'evil.example' }),
        authenticator.get(elsewhere),
      ];
      for (const response of answers) {
        const page = await browser.submit(first, '/passkey', { response });
        assert.equal(page.status, 400);
        assert.match(page.html, /This passkey didn’t work\. Try again, or use your password\./);
      }
      assert.match((await browser.submit(first, '/passkey', { response: used })).heading, CONSENT);
      const [entry] = await platform.storage.auditLog.list({ act: 'passkey.refused', limit: 1 });
      assert.equal(entry?.detail?.['reason'], 'unverified');
    });

    it('is not possible with a passkey of the other realm', async () => {
      const { authenticator } = await holder();
      const { browser, first } = await open('sandbox');
      const page = await browser.submit(first, '/passkey', { response: authenticator.get(requestOf(first)) });
      assert.equal(page.status, 400);
      assert.match(page.html, /This passkey didn’t work/);
    });

    it('tells a blocked person so', async () => {
      const { account, authenticator } = await holder();
      await platform.database.db
        .updateTable('accounts')
        .set({ blocked_at: Date.now() })
        .where('id', '=', account.id)
        .execute();
      const { browser, first } = await open();
      const page = await browser.submit(first, '/passkey', { response: authenticator.get(requestOf(first)) });
      assert.equal(page.status, 400);
      assert.match(page.html, /You can’t sign in with this account/);
    });

    it('begins no session for an account that is about to be deleted, and says so', async () => {
      const { account, authenticator } = await holder();
      const { accountDeletion, sessions } = platform.storage.realm('production');
      const before = await sessions.list(account.id);
      await accountDeletion.request(account.id, new Date(Date.now() + DAY_MS));
      const { browser, first } = await open();
      const page = await browser.submit(first, '/passkey', { response: authenticator.get(requestOf(first)) });
      assert.equal(page.status, 400);
      assert.match(page.html, /is about to be deleted/);
      assert.equal((await sessions.list(account.id)).total, before.total);
    });
  });

  it('are allowed by every page’s headers', async () => {
    const { first } = await open();
    assert.doesNotMatch(first.headers.get('permissions-policy') ?? '', /publickey-credentials/);
  });
});

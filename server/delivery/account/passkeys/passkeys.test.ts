import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { hashPassword } from '#domain/accounts/passwords.ts';
import type { Account } from '#storage/accounts.ts';
import { hashSecret } from '#storage/ids.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SoftwareAuthenticator } from '#testing/software-authenticator.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const NEW = '/account/security/passkeys/new';

const dataOf = (page: Page, name: string) => {
  const [, json = ''] = new RegExp(` data-passkey-${name}="([^"]*)"`).exec(page.html) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
};
const requestOf = (page: Page): PublicKeyCredentialRequestOptionsJSON => dataOf(page, 'request');
const creationOf = (page: Page): PublicKeyCredentialCreationOptionsJSON => dataOf(page, 'creation');

describe('passkeys in the portal', () => {
  let platform: TestPlatform;
  let passwordHash: string;
  before(async () => {
    platform = await startTestPlatform();
    passwordHash = await hashPassword(PASSWORD);
  });
  after(() => platform.close());

  const passkeys = () => platform.storage.realm('production').passkeys;

  interface Person {
    account: Account;
    browser: HttpBrowser;
    authenticator: SoftwareAuthenticator;
    /** Path of the passkey that `authenticator` makes. */
    path: string;
  }
  async function somebody(): Promise<Person> {
    const email = `${crypto.randomUUID()}@example.com`;
    const account = await platform.storage
      .realm('production')
      .accounts.create({ email, emailVerified: true, passwordHash });
    const browser = platform.browser();
    browser.headers = { ...browser.headers, 'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)' };
    const form = await browser.get('/account/sign-in');
    await browser.submit(form, '/account/sign-in', { email, password: PASSWORD });
    const authenticator = new SoftwareAuthenticator(platform.url);
    const path = `/account/security/passkeys/${hashSecret(authenticator.credentialId)}`;
    return { account, browser, authenticator, path };
  }
  async function holder(): Promise<Person> {
    const person = await somebody();
    await add(person);
    return person;
  }
  async function add({ browser, authenticator }: Person, values: Record<string, string> = {}): Promise<Page> {
    const page = await browser.get(NEW);
    return browser.submit(page, NEW, { response: authenticator.create(creationOf(page)), ...values });
  }

  it('are added under a name, which is at first that of the device', async () => {
    const person = await somebody();
    const page = await person.browser.get(NEW);
    assert.equal(page.form(NEW).values['name'], 'Mac');
    const next = await add(person);
    assert.equal(next.url.pathname + next.url.search, '/account/security?done=passkey-added');
    const [passkey, ...others] = await passkeys().list(person.account.id);
    assert.deepEqual([passkey?.name, others.length], ['Mac', 0]);
    const [mail] = (await platform.storage.mails.list()).filter(({ to }) => to === person.account.email);
    assert.match(mail?.text ?? '', /“Mac” can now sign in/);
    const acts = await platform.storage.auditLog.list({ actor: `account:${person.account.id}` });
    assert.ok(acts.some(({ act }) => act === 'passkey.added'));
  });

  it('are added even when the name cannot be used: the key is in the device by then', async () => {
    const person = await somebody();
    await add(person, { name: ' ' });
    assert.equal((await passkeys().list(person.account.id))[0]?.name, 'Mac');
  });

  it('are not added from another page, another session or by another account', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const theirs = creationOf(await other.browser.get(NEW));
    const page = await one.browser.get(NEW);
    for (const response of ['', 'nonsense', one.authenticator.create(theirs)]) {
      const again = await one.browser.submit(page, NEW, { response });
      assert.equal(again.status, 400);
      assert.match(again.html, /No passkey was created/);
    }
    assert.deepEqual(await passkeys().list(one.account.id), []);
  });

  it('are renamed, to something that can be read', async () => {
    const { browser, account, path } = await holder();
    const page = await browser.get(path);
    for (const [name, message] of [
      ['', /Fill this in/],
      ['x'.repeat(61), /too long/],
    ] as const) {
      const again = await browser.submit(page, path, { name });
      assert.equal(again.status, 400);
      assert.match(again.html, message);
    }
    const next = await browser.submit(page, path, { name: '<b>Work</b>' });
    assert.equal(next.url.search, '?done=passkey-renamed');
    assert.equal((await passkeys().list(account.id))[0]?.name, '<b>Work</b>');
  });

  it('are removed, and then sign nobody in', async () => {
    const { browser, account, path } = await holder();
    const ask = await browser.get(`${path}/remove`);
    assert.equal(ask.heading, 'Remove this passkey?');
    assert.equal((await browser.submit(ask, '/remove')).url.search, '?done=passkey-removed');
    assert.deepEqual(await passkeys().list(account.id), []);
    const [mail] = (await platform.storage.mails.list())
      .filter(({ to }) => to === account.email)
      .filter(({ subject }) => /removed/.test(subject));
    assert.match(mail?.text ?? '', /“Mac” can no longer sign in/);
    assert.equal((await browser.submit(ask, '/remove')).status, 404);
  });

  it('are another’s business', async () => {
    const [owner, other] = [await holder(), await holder()];
    const { csrf = '' } = (await other.browser.get(other.path)).form(other.path).values;
    for (const path of [owner.path, `${owner.path}/remove`]) {
      assert.equal((await other.browser.get(path)).status, 404);
      assert.equal((await other.browser.post(path, { csrf, name: 'Mine' })).status, 404);
    }
    assert.equal((await passkeys().list(owner.account.id))[0]?.name, 'Mac');
  });

  describe('to sign in with', () => {
    const use = (browser: HttpBrowser, page: Page, response: string) =>
      browser.submit(page, '/sign-in/passkey', { response });

    it('open the portal, where one wanted to go', async () => {
      const { account, authenticator, path } = await holder();
      const browser = platform.browser();
      const page = await browser.get(path);
      assert.equal(page.url.pathname, '/account/sign-in');
      const next = await use(browser, page, authenticator.get(requestOf(page)));
      assert.equal(next.url.pathname, path);
      const acts = await platform.storage.auditLog.list({ subject: `account:${account.id}`, act: 'session.started' });
      assert.deepEqual(acts.at(-1)?.detail, { method: 'passkey' });
    });

    it('are refused in the same words, whatever the reason, and where one wanted to go is kept', async () => {
      const { authenticator, path } = await holder();
      const browser = platform.browser();
      const page = await browser.get(path);
      const elsewhere = requestOf(await platform.browser().get('/account/sign-in'));
      const answers = [
        'nonsense',
        new SoftwareAuthenticator(platform.url).get(requestOf(page)),
        authenticator.get(requestOf(page), { origin: 'https://evil.example' }),
        authenticator.get(elsewhere),
      ];
      for (const response of answers) {
        const again = await use(browser, page, response);
        assert.equal(again.url.pathname, '/account/sign-in');
        assert.match(again.html, /This passkey didn’t work\. Try again, or use your password\./);
        assert.equal(again.form('/sign-in/passkey').values['continue'], path);
      }
      const used = authenticator.get(requestOf(page));
      assert.equal((await use(browser, page, used)).url.pathname, path);
      assert.equal((await use(browser, page, used)).status, 403, 'the form was that of nobody');
    });

    it('are unknown in the sandbox', async () => {
      const { authenticator } = await holder();
      const browser = platform.browser();
      const page = await browser.get('/sandbox/account/sign-in');
      const again = await use(browser, page, authenticator.get(requestOf(page)));
      assert.equal(again.url.pathname, '/sandbox/account/sign-in');
      assert.match(again.html, /This passkey didn’t work/);
    });

    it('confirm who is signed in, and nobody else', async () => {
      const [one, other] = [await holder(), await holder()];
      const page = await one.browser.get(`/account/confirm?${new URLSearchParams({ continue: one.path })}`);
      const again = await use(one.browser, page, other.authenticator.get(requestOf(page)));
      assert.equal(again.url.pathname, '/account/confirm');
      assert.match(again.html, /This passkey didn’t work/);
      const next = await use(one.browser, again, one.authenticator.get(requestOf(again)));
      assert.equal(next.url.pathname, one.path);
    });
  });
});

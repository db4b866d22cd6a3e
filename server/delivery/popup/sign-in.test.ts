import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';

describe('signing in, and up, at the popup', () => {
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    // Behind a proxy, so that people can have network addresses of their own.
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
    ({ clientId } = await platform.createApp({ environment: 'production' }));
  });
  after(() => platform.close());

  async function open(address = '198.51.100.7'): Promise<{ browser: HttpBrowser; first: Page }> {
    const browser = platform.browser();
    browser.headers = { ...browser.headers, 'x-forwarded-for': address };
    const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    return { browser, first };
  }
  const createAccount = async (email: string, blocked = false) =>
    platform.storage
      .realm('production')
      .accounts.create({ email, emailVerified: true, passwordHash: await hashPassword(PASSWORD), blocked });

  const withoutMovingParts = ({ html }: Page, email: string) =>
    html
      .replaceAll(email, 'EMAIL')
      .replaceAll(/interaction\/[\w-]+|(name="csrf" value|data-passkey-request|data-masked)="[^"]*"/g, '');

  it('says the same of a wrong password and of an address that nobody has', async () => {
    await createAccount('known@example.com');
    const pages: string[] = [];
    for (const email of ['known@example.com', 'unknown@example.com']) {
      const { browser, first } = await open();
      const page = await browser.submit(first, '/sign-in', { email, password: 'wrong' });
      assert.equal(page.status, 400);
      pages.push(withoutMovingParts(page, email));
    }
    assert.equal(pages[0], pages[1]);
    assert.match(pages[0] ?? '', /Email and password don’t match/);
  });

  it('tells a blocked person so, and the shop nothing', async () => {
    await createAccount('blocked@example.com', true);
    const { browser, first } = await open();
    const page = await browser.submit(first, '/sign-in', { email: 'blocked@example.com', password: PASSWORD });
    assert.equal(page.status, 400);
    assert.match(page.html, /You can’t sign in with this account/);
    assert.equal(page.delivery, undefined);
  });

  it('ends after ten wrong passwords, known address or not, and says for how long', async () => {
    await createAccount('target@example.com');
    for (const email of ['target@example.com', 'nobody@example.com']) {
      const { browser, first } = await open();
      for (let guess = 0; guess < 10; guess += 1)
        assert.equal((await browser.submit(first, '/sign-in', { email, password: `guess ${guess}` })).status, 400);
      const elsewhere = await open('203.0.113.20');
      const page = await elsewhere.browser.submit(elsewhere.first, '/sign-in', { email, password: PASSWORD });
      assert.equal(page.status, 429);
      const seconds = Number(page.headers.get('retry-after'));
      assert.ok(seconds > 0 && seconds <= 15 * 60, `${seconds}`);
      assert.match(page.html, /Too many attempts\. Try again in 15 minutes\./);
      assert.equal(page.form('/sign-in').values['email'], email, 'what was typed is there still');
    }
  });

  it('signs up at most three times a day with one address', async () => {
    const { browser, first } = await open();
    const action = first.form('/sign-in').action.replace('/sign-in', '/sign-up');
    const form = await browser.get(action);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const other = await open();
      const signUp = await other.browser.get(other.first.form('/sign-in').action.replace('/sign-in', '/sign-up'));
      const page = await other.browser.submit(signUp, '/sign-up', {
        given_name: 'Ada',
        email: 'thrice@example.com',
        password: `${PASSWORD} ${attempt}`,
      });
      assert.match(page.heading, /^Share your details/);
    }
    const page = await browser.submit(form, '/sign-up', {
      given_name: 'Ada',
      email: 'thrice@example.com',
      password: PASSWORD,
    });
    assert.equal(page.status, 429);
    assert.ok(Number(page.headers.get('retry-after')) > 23 * 3_600);
    assert.match(page.html, /Too many attempts/);
    assert.equal(page.form('/sign-up').values['given_name'], 'Ada');
  });

  it('shows a sign-up form again with what was typed and what is wrong, in its order', async () => {
    const { browser, first } = await open();
    const form = await browser.get(first.form('/sign-in').action.replace('/sign-in', '/sign-up'));
    const page = await browser.submit(form, '/sign-up', {
      given_name: '<b>Ada</b>',
      email: 'nonsense',
      password: 'password',
    });
    assert.equal(page.status, 400);
    const { values } = page.form('/sign-up');
    assert.deepEqual([values['given_name'], values['email'], values['password']], ['<b>Ada</b>', 'nonsense', '']);
    assert.deepEqual(
      [...page.html.matchAll(/id="(\w+)-error"/g)].map(([, field]) => field),
      ['given_name', 'email', 'password'],
    );
  });
});

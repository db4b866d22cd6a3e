import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../../../scripts/testing/until.ts';
import { hashQueue, MAX_WAITING } from '../../domain/accounts/hash-queue.ts';
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
      .replaceAll(
        /interaction\/[\w-]+|(name="(?:csrf|submission)" value|data-passkey-request|data-masked)="[^"]*"/g,
        '',
      );

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

  it('slows a network after ten wrong passwords, known address or not, and says for how long; no other network', async () => {
    await createAccount('target@example.com');
    for (const email of ['target@example.com', 'nobody@example.com']) {
      const { browser, first } = await open();
      for (let guess = 0; guess < 10; guess += 1)
        assert.equal((await browser.submit(first, '/sign-in', { email, password: `guess ${guess}` })).status, 400);
      const page = await browser.submit(first, '/sign-in', { email, password: 'guess 11' });
      assert.equal(page.status, 429);
      assert.equal(page.headers.get('retry-after'), '10');
      assert.match(page.html, /Too many attempts\. Try again in 1 minute\./);
      assert.equal(page.form('/sign-in').values['email'], email, 'what was typed is there still');
      const elsewhere = await open('203.0.113.20');
      const right = await elsewhere.browser.submit(elsewhere.first, '/sign-in', { email, password: PASSWORD });
      assert.equal(right.status, email.startsWith('target') ? 200 : 400);
    }
  });

  it('lets somebody in where they have signed in before, whatever others try from the same network', async () => {
    const email = 'office@example.com';
    await createAccount(email);
    const known = await open('198.51.100.77');
    const first = await known.browser.submit(known.first, '/sign-in', { email, password: PASSWORD });
    assert.match(first.heading, /^Share your details/);
    const colleague = await open('198.51.100.77');
    for (let guess = 0; guess < 12; guess += 1)
      await colleague.browser.submit(colleague.first, '/sign-in', { email, password: `guess ${guess}` });
    const refused = await open('198.51.100.77');
    const late = await refused.browser.submit(refused.first, '/sign-in', { email, password: PASSWORD });
    assert.equal(late.status, 429, 'not so in a new browser of that network');
    const cookies = known.browser.saveCookies().filter((line) => line.startsWith('production-devices='));
    assert.equal(cookies.length, 1);
    const back = await open('198.51.100.77');
    back.browser.restoreCookies(cookies);
    const page = await back.browser.submit(back.first, '/sign-in', { email, password: PASSWORD });
    assert.match(page.heading, /^Share your details/);
  });

  it('signs up however often others did with the address, and mails it three times for one network', async () => {
    const email = 'often@example.com';
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const other = await open();
      const signUp = await other.browser.get(other.first.signUpAddress);
      const page = await other.browser.submit(signUp, '/sign-up', {
        given_name: 'Ada',
        email,
        password: `${PASSWORD} ${attempt}`,
      });
      assert.match(page.heading, /^Share your details/);
    }
    assert.equal((await platform.storage.mails.list()).filter(({ to }) => to === email).length, 3);
    // The fifth of these claims can come back.
    const back = await open('203.0.113.30');
    const page = await back.browser.submit(back.first, '/sign-in', { email, password: `${PASSWORD} 4` });
    assert.match(page.heading, /^Share your details/);
  });

  it('answers a hundred sign-ins at once from one network within seconds, and another network at once', async () => {
    await createAccount('crowd@example.com');
    const visitors = await Promise.all(Array.from({ length: 100 }, () => open('198.51.100.88')));
    const guest = await open('203.0.113.40');
    const flood = visitors.map(({ browser, first }, guess) =>
      browser.submit(first, '/sign-in', { email: `nobody${guess}@example.com`, password: 'a guess' }),
    );
    await until(() => hashQueue.size > 10);
    let longest = hashQueue.size;
    const watch = setInterval(() => {
      longest = Math.max(longest, hashQueue.size);
    }, 5);
    const refusedBefore = hashQueue.lost;
    const waitingBefore = hashQueue.size;
    const page = await guest.browser.submit(guest.first, '/sign-in', {
      email: 'crowd@example.com',
      password: PASSWORD,
    });
    assert.match(page.heading, /^Share your details/);
    assert.ok(waitingBefore <= MAX_WAITING && hashQueue.lost >= refusedBefore);
    const pages = await Promise.all(flood);
    clearInterval(watch);
    const busy = pages.filter(({ status }) => status === 503);
    // How many are hashed meanwhile is up to the machine, and how many wait is not.
    assert.ok(busy.length > 0 && longest <= MAX_WAITING, `${busy.length} refused, ${longest} waited`);
    for (const { headers, html } of busy) {
      assert.equal(headers.get('retry-after'), '2');
      assert.match(html, /We’re very busy right now/);
      assert.match(html, /value="nobody\d+@example\.com"/, 'what was typed is there still');
    }
    assert.ok(pages.every(({ status }) => status === 503 || status === 400));
  });

  it('shows a sign-up form again with what was typed and what is wrong, in its order', async () => {
    const { browser, first } = await open();
    const form = await browser.get(first.signUpAddress);
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

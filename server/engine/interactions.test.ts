import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../domain/accounts/passwords.ts';
import { HttpBrowser, type Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const PUBLIC_URL = 'https://id.example.test';
const PASSWORD = 'an engine of difference';
/** Node's limit for all headers of a request is 16 KB, and many proxies' is 8 KB. */
const MAX_COOKIE_BYTES = 1_024;

describe('an interaction', () => {
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    platform = await startTestPlatform({ PUBLIC_URL });
    ({ clientId } = await platform.createApp({ environment: 'production' }));
    const passwordHash = await hashPassword(PASSWORD);
    for (const email of ['mallory@example.com', 'ada@example.com'])
      await platform.storage
        .realm('production')
        .accounts.create({ email, emailVerified: true, givenName: 'Ada', familyName: 'Byron', passwordHash });
  });
  after(() => platform.close());

  const newBrowser = () => {
    const { port } = platform.app.server.address() as AddressInfo;
    return new HttpBrowser(PUBLIC_URL, [`http://localhost:${port}`]);
  };
  const open = (browser: HttpBrowser) =>
    browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
  const baseOf = (page: Page) => page.form('/sign-in').action.replace(/\/sign-in$/, '');

  /** What a page of another host of the site can make a browser keep: everything but names with a prefix. */
  function toss(from: HttpBrowser, to: HttpBrowser): void {
    to.restoreCookies(from.saveCookies().filter((line) => !line.startsWith('__Host-')));
  }

  it('is not continued in another browser, in which the attacker’s session would begin', async () => {
    const [attacker, victim] = [newBrowser(), newBrowser()];
    const page = await open(attacker);
    // The attacker signs in, and does not go on to where the session begins.
    const { action, values } = page.form('/sign-in');
    const { port } = platform.app.server.address() as AddressInfo;
    const signedIn = await fetch(`http://localhost:${port}${action}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: PUBLIC_URL,
        cookie: attacker.cookieHeader(action),
      },
      body: new URLSearchParams({ csrf: String(values['csrf']), email: 'mallory@example.com', password: PASSWORD }),
      redirect: 'manual',
    });
    const resume = signedIn.headers.get('location') ?? '';
    assert.match(resume, /\/authorize\/[\w-]+$/);

    toss(attacker, victim);
    const last = await victim.get(resume);
    assert.equal(last.status, 400);
    assert.match(last.heading, /took too long|expired/i);
    assert.ok(!victim.cookieNames.some((name) => name.includes('session')), 'no session began');
    assert.equal((await victim.get(`${baseOf(page)}/`)).status, 400);
    // The attacker’s own browser can go on.
    assert.equal((await attacker.get(resume)).heading, 'Share your details with Test Shop?');
  });

  it('keeps no more of the browser than a hash', async () => {
    const browser = newBrowser();
    const uid =
      baseOf(await open(browser))
        .split('/')
        .at(-1) ?? '';
    const record = await platform.storage.realm('production').oidcRecords.find('Interaction', uid);
    const [, value = ''] = /__Host-production-browser=([\w-]+)/.exec(browser.cookieHeader('/')) ?? [];
    assert.match(value, /^[\w-]{22}$/);
    assert.match(String(record?.payload['browser']), /^[\w-]{43}$/);
    assert.ok(!JSON.stringify(record?.payload).includes(value));
  });

  it('has as many windows as a person opens: sixty fit into the headers, and all of them can be finished', async () => {
    const browser = newBrowser();
    const pages: Page[] = [];
    for (let index = 0; index < 60; index += 1) pages.push(await open(browser));
    const [first, ...others] = pages;
    assert.ok(first);
    const consent = await browser.submit(first, '/sign-in', { email: 'ada@example.com', password: PASSWORD });
    await browser.submit(consent, '/consent');
    for (const page of others) {
      const header = browser.cookieHeader(new URL(page.form('/sign-in').action, PUBLIC_URL).pathname);
      assert.ok(header.length < MAX_COOKIE_BYTES, `${header.length} bytes`);
      const last = await browser.submit(page, '/sign-in', { email: 'ada@example.com', password: PASSWORD });
      assert.ok(last.message.credential);
    }
    // Nothing is left of a window that has been finished or closed.
    assert.deepEqual(browser.cookieNames.toSorted(), [
      '__Host-production-browser',
      '__Host-production-devices',
      '__Host-production-fedcm',
      '__Host-production-session',
      '__Host-production-session.sig',
    ]);
  });

  it('begins in the browser that it is asked in, also when the request is posted', async () => {
    const browser = newBrowser();
    const before = await open(browser);
    const { port } = platform.app.server.address() as AddressInfo;
    const request = { client_id: clientId, response_type: 'id_token', response_mode: 'web_message', scope: 'openid' };
    // From another site, so that the browser sends no cookie of ours.
    const posted = await fetch(`http://localhost:${port}/authorize`, {
      method: 'POST',
      body: new URLSearchParams({ ...request, redirect_uri: SHOP_ORIGIN, nonce: 'n', state: 's&s' }),
      redirect: 'manual',
    });
    assert.equal(posted.status, 303);
    assert.deepEqual(posted.headers.getSetCookie(), [], 'nothing that would take the place of the browser’s own');
    const page = await browser.get(posted.headers.get('location') ?? '');
    assert.equal(page.heading, 'Sign in');
    const consent = await browser.submit(page, '/sign-in', { email: 'ada@example.com', password: PASSWORD });
    const { message } = consent.delivery ? consent : await browser.submit(consent, '/consent');
    assert.equal(message.state, 's&s');
    assert.equal((await browser.get(`${baseOf(before)}/`)).heading, 'Sign in', 'what was open before still is');
  });
});

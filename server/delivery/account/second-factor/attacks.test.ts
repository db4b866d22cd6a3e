import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PASSWORD, type Resident, resident } from '#portal/testing/resident.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { mailedCode } from '#testing/mailed-code.ts';
import { appCode, giveSecondFactor, type TestApp } from '#testing/second-factor.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const ASKED = /^Enter the code from your app$/;
const OTHER_PASSWORD = 'a loom of many cards';
const NEW = '/account/security/second-factor/new';
const secretIn = ({ html }: Page) => /<code translate="no"><bdi dir="ltr">([A-Z2-7 ]+)</.exec(html)?.[1] ?? '';

/** Whoever has one factor, a copy of a cookie, or an hour with somebody's session. */
describe('whoever attacks a second factor', () => {
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
    ({ clientId } = await platform.createApp({ environment: 'production' }));
  });
  after(() => platform.close());

  let people = 0;
  const browserOf = (): HttpBrowser => {
    const browser = platform.browser();
    people += 1;
    browser.headers = { ...browser.headers, 'x-forwarded-for': `198.51.100.${people}` };
    return browser;
  };
  const rows = () => platform.storage.realm('production');
  const someone = async (): Promise<Resident & { app: TestApp }> => {
    const person = await resident(platform);
    return { ...person, app: await giveSecondFactor(platform, person.account.id) };
  };
  const signIn = async (browser: HttpBrowser, email: string, password = PASSWORD): Promise<Page> =>
    browser.submit(await browser.get('/account/sign-in'), '/sign-in', { email, password });
  const isSignedIn = async (browser: HttpBrowser) => (await browser.get('/account')).url.pathname === '/account';
  /** A browser in which somebody is not asked for the code, and is signed out. */
  const trusted = async ({ email, app }: { email: string; app: TestApp }) => {
    const browser = browserOf();
    await browser.submit(await signIn(browser, email), '/second-factor', { code: await app.code(), trust: 'yes' });
    await browser.submit(await browser.get('/account'), '/sign-out');
    return browser;
  };
  const popup = (browser: HttpBrowser) =>
    browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });

  it('gets no trust back for an old cookie by choosing a password with the mailed link', async () => {
    const person = await someone();
    const copied = await trusted(person);
    // What the owner does when they suspect it.
    await person.browser.submit(await person.browser.get('/account/security/password'), '/confirm');
    await rows().accounts.setPasswordHash(person.account.id, 'changed elsewhere');
    const code = await rows().emailCodes.create(person.account.id, person.email, 60, 'reset_password');
    const reset = await copied.get(`/account/reset-password?code=${code}`);
    await copied.submit(reset, '/reset-password', { password: OTHER_PASSWORD });
    assert.match((await signIn(copied, person.email, OTHER_PASSWORD)).heading, ASKED);
    assert.equal(await isSignedIn(copied), false);
  });

  it('knows no secret of an app that its owner sets up later, in another session', async () => {
    const { browser: thief, email } = await resident(platform);
    const seen = secretIn(await thief.submit(await thief.get(NEW), '/begin'));
    assert.equal(secretIn(await thief.get(NEW)), seen, 'the same when loaded again');
    const owner = browserOf();
    await signIn(owner, email);
    assert.equal(secretIn(await owner.get(NEW)), '', 'nothing waits for them');
    const page = await owner.submit(await owner.get(NEW), '/begin');
    assert.match(secretIn(page), /^[A-Z2-7 ]{39}$/);
    assert.notEqual(secretIn(page), seen);
    const late = await thief.get(NEW);
    assert.notEqual(secretIn(late), secretIn(page));
    assert.match(
      (await owner.submit(page, '/second-factor/new', { code: appCode(secretIn(page)) })).html,
      /recovery-codes/,
    );
    const stranger = browserOf();
    const asked = await signIn(stranger, email);
    assert.equal((await stranger.submit(asked, '/second-factor', { code: appCode(seen) })).status, 400);
  });

  it('makes no passkey by a password alone, in a browser that is trusted', async () => {
    const person = await someone();
    const browser = await trusted(person);
    const form = { email: person.email, password: PASSWORD, passkeys: '1' };
    const page = await browser.submit(await popup(browser), '/sign-in', form);
    assert.doesNotMatch(page.html, /passkey-offer/);
    const own = browserOf();
    const asked = await own.submit(await popup(own), '/sign-in', form);
    const offer = await own.submit(asked, '/second-factor', { code: await person.app.code() });
    assert.match(offer.html, /passkey-offer/, 'by both factors it is offered');
  });

  for (const where of ['account pages', 'popup'] as const)
    it(`chooses no password and makes no passkey by a mailed code alone, in a trusted browser: ${where}`, async () => {
      const person = await someone();
      const browser = await trusted(person);
      const first = where === 'popup' ? await popup(browser) : await browser.get('/account/forgot-password');
      const csrf = /name="csrf" value="([^"]+)"/.exec(first.html)?.[1] ?? '';
      const base = /"([^"]*\/interaction\/[\w-]+)/.exec(first.html)?.[1];
      const ask = base === undefined ? '/account/sign-in/code' : `${base}/code`;
      const code = await browser.post(ask, { csrf, email: person.email, way: 'forgot' });
      const next = await browser.submit(code, '/code-check', { code: await mailedCode(platform, code) });
      assert.match(next.heading, ASKED);
      const choose = await browser.submit(next, '/second-factor', { code: await person.app.code() });
      assert.match(choose.html, /new-password/);
    });
});

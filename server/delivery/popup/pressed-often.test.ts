import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import { SubmissionRepository } from '../../storage/submissions.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const PRESSES = 8;

/** Each press begins a navigation of its own, and the browser shows what the last leads to. Any of them may be followed by then. */
describe('a button that is pressed eight times', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
    const passwordHash = await hashPassword(PASSWORD);
    await platform.storage
      .realm('production')
      .accounts.create({ email: 'ada@example.com', emailVerified: true, givenName: 'Ada', passwordHash });
  });
  after(() => platform.close());

  const newApp = () => platform.createApp({ environment: 'production', redirectUris: [`${SHOP_ORIGIN}/back`] });
  const open = (browser: HttpBrowser, clientId: string, mode: 'popup' | 'redirect') =>
    browser.openPopup({
      client_id: clientId,
      origin: SHOP_ORIGIN,
      state: 's',
      nonce: 'n',
      fields: 'email',
      mode,
      ...(mode === 'redirect' && {
        redirect_uri: `${SHOP_ORIGIN}/back`,
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      }),
    });
  const signIn = (browser: HttpBrowser, page: Page) =>
    browser.submit(page, '/sign-in', { email: 'ada@example.com', password: PASSWORD });

  async function press(browser: HttpBrowser, page: Page, action: string): Promise<Page[]> {
    const { action: address, values } = page.form(action);
    return Promise.all(Array.from({ length: PRESSES }, () => browser.post(address, values)));
  }
  const answerIn = (page: Page): Record<string, unknown> =>
    page.delivery ? { ...page.message } : Object.fromEntries(new URLSearchParams(page.url.hash.slice(1)));
  const endsOf = (pages: Page[]) => {
    const ends = pages.map((page) => {
      const { credential, code, error } = answerIn(page);
      return credential ? 'credential' : code ? 'code' : (error ?? page.heading);
    });
    return [...new Set(ends)];
  };

  /** What a page leads to where the browser gave up the first navigation, and so has none of its cookies, and sends the form again. */
  async function pressWhereTheFirstIsLost(browser: HttpBrowser, page: Page, action: string, more = {}): Promise<Page> {
    const { action: address, values } = page.form(action);
    const form = { ...values, ...more };
    const lost = platform.browser();
    lost.restoreCookies(browser.saveCookies());
    const first = await lost.post(address, form);
    assert.deepEqual(endsOf([await browser.post(address, form)]), endsOf([first]));
    return first;
  }

  for (const mode of ['popup', 'redirect'] as const) {
    it(`leads on where the answer to the first press was lost, ${mode}`, async () => {
      const { clientId } = await newApp();
      const browser = platform.browser();
      const page = await open(browser, clientId, mode);
      const filled = { email: 'ada@example.com', password: PASSWORD };
      const consent = await pressWhereTheFirstIsLost(browser, page, '/sign-in', filled);
      assert.equal(consent.heading, 'Share your details with Test Shop?');
      await pressWhereTheFirstIsLost(browser, consent, '/consent');
      const { clientId: other } = await newApp();
      const declined = await pressWhereTheFirstIsLost(browser, await open(browser, other, mode), '/cancel');
      assert.equal(answerIn(declined)['error'], 'access_denied');
    });

    it(`keeps the session that the browser has got since, ${mode}`, async () => {
      const { clientId } = await newApp();
      const browser = platform.browser();
      const page = await open(browser, clientId, mode);
      const { action, values } = page.form('/sign-in');
      const filled = { ...values, email: 'ada@example.com', password: PASSWORD };
      await browser.submit(await browser.post(action, filled), '/consent');
      await browser.post(action, filled);
      const { clientId: other } = await newApp();
      const { heading } = await open(browser, other, mode);
      assert.equal(heading, 'Share your details with Test Shop?', 'the person is still signed in');
    });

    it(`leads on when it is pressed a while later, ${mode}`, async () => {
      const { clientId } = await newApp();
      const browser = platform.browser();
      const consent = await signIn(browser, await open(browser, clientId, mode));
      const { action, values } = consent.form('/consent');
      const first = await browser.post(action, values);
      // A form's answer is repeated for longer than that of the address to which it leads, which was claimed last.
      const { db } = platform.database;
      const kept = await db.selectFrom('submissions').select('key_hash').orderBy('created_at', 'desc').execute();
      await db
        .deleteFrom('submissions')
        .where('key_hash', '=', kept[0]?.key_hash ?? '')
        .execute();
      assert.deepEqual(endsOf([await browser.post(action, values)]), endsOf([first]));
    });

    it(`gives each press a code of its own, ${mode}`, async () => {
      const { clientId } = await newApp();
      const browser = platform.browser();
      const consent = await signIn(browser, await open(browser, clientId, mode));
      const codes = (await press(browser, consent, '/consent')).map((page) => answerIn(page)['code']);
      if (mode === 'redirect') assert.equal(new Set(codes).size, PRESSES);
      else assert.deepEqual([...new Set(codes)], [undefined]);
    });

    it(`shares, ${mode}`, async () => {
      const { clientId } = await newApp();
      const browser = platform.browser();
      const consent = await signIn(browser, await open(browser, clientId, mode));
      const ends = endsOf(await press(browser, consent, '/consent'));
      assert.deepEqual(ends, [mode === 'popup' ? 'credential' : 'code']);
    });

    it(`cancels, ${mode}`, async () => {
      const { clientId } = await newApp();
      const browser = platform.browser();
      const consent = await signIn(browser, await open(browser, clientId, mode));
      assert.deepEqual(endsOf(await press(browser, consent, '/cancel')), ['access_denied']);
    });

    it(`signs in, ${mode}`, async () => {
      const { clientId } = await newApp();
      const browser = platform.browser();
      const page = await open(browser, clientId, mode);
      const { action, values } = page.form('/sign-in');
      const filled = { ...values, email: 'ada@example.com', password: PASSWORD };
      const pages = await Promise.all(Array.from({ length: PRESSES }, () => browser.post(action, filled)));
      assert.deepEqual(endsOf(pages), ['Share your details with Test Shop?']);
    });
  }

  it('is kept of nobody who invents the address that it leads to', async (test) => {
    const { clientId } = await newApp();
    const browser = platform.browser();
    await open(browser, clientId, 'popup');
    const claim = test.mock.method(SubmissionRepository.prototype, 'claim');
    const page = await browser.get(`/authorize/${'x'.repeat(43)}`);
    assert.deepEqual([page.status, claim.mock.callCount()], [400, 0]);
  });
});

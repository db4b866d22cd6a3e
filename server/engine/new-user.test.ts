import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const BACK = `${SHOP_ORIGIN}/back`;

describe('is_new_user is true once', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  type App = Awaited<ReturnType<TestPlatform['createApp']>>;
  const newApp = () => platform.createApp({ redirectUris: [BACK] });

  /** What a page keeps of an attempt. */
  const newAttempt = () => {
    const verifier = randomBytes(32).toString('base64url');
    return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
  };
  type Attempt = ReturnType<typeof newAttempt>;

  const popup = ({ clientId }: App, { challenge }: Attempt, more: Record<string, string> = {}) => ({
    client_id: clientId,
    origin: SHOP_ORIGIN,
    state: 's',
    // Some shops write the same nonce into every page.
    nonce: 'n',
    redirect_uri: BACK,
    code_challenge: challenge,
    code_challenge_method: 'S256' as const,
    ...more,
  });

  async function signUp(browser: HttpBrowser, page: Page): Promise<Page> {
    return browser.submit(await browser.submit(page, '/persona', { persona: 'complete' }), '/consent');
  }

  /** The claims of the ID token that a code is redeemed for: by the page that began, or with the app's secret. */
  async function redeem(
    { issuer, clientId, clientSecret }: App,
    code: string | null,
    { verifier }: Attempt,
    { byBackend = false } = {},
  ) {
    const headers = byBackend
      ? { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }
      : { origin: SHOP_ORIGIN };
    const body = { grant_type: 'authorization_code', code: code ?? '', code_verifier: verifier, redirect_uri: BACK };
    return tokensOf(issuer, headers, byBackend ? body : { ...body, client_id: clientId });
  }

  async function tokensOf(issuer: string, headers: Record<string, string>, form: Record<string, string>) {
    const answer = await fetch(`${issuer}/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
    const { id_token: token = '', refresh_token: refreshToken = '' } = (await answer.json()) as Record<string, string>;
    assert.equal(answer.status, 200, token);
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as object;
    return { isNew: 'is_new_user' in claims && claims.is_new_user, refreshToken };
  }

  const codeOf = (page: Page) => new URLSearchParams(page.url.hash.slice(1) || page.url.search).get('code');
  /** Where the last page goes when it has no opener: the same request, for a code. */
  const relayed = async (browser: HttpBrowser, page: Page) =>
    codeOf(await browser.get(page.delivery?.relay ?? '', { 'sec-fetch-site': 'same-origin' }));

  it('by popup', async () => {
    const app = await newApp();
    const browser = platform.browser();
    const first = await signUp(browser, await browser.openPopup(popup(app, newAttempt())));
    assert.equal(first.claims['is_new_user'], true);
    assert.equal((await browser.openPopup(popup(app, newAttempt()))).claims['is_new_user'], false);
  });

  it('by relay, for the page whose popup could not post it', async () => {
    const app = await newApp();
    const browser = platform.browser();
    const attempt = newAttempt();
    const last = await signUp(browser, await browser.openPopup(popup(app, attempt)));
    assert.equal(last.claims['is_new_user'], true);
    // Before the page has redeemed its code, the person comes again in the same browser.
    const again = newAttempt();
    const meanwhile = await browser.openPopup(popup(app, again));
    assert.equal(meanwhile.claims['is_new_user'], false);
    assert.equal((await redeem(app, await relayed(browser, meanwhile), again)).isNew, false, 'of another attempt');

    const [one, other] = [await relayed(browser, last), await relayed(browser, last)];
    const told = await Promise.all([redeem(app, one, attempt), redeem(app, other, attempt)]);
    assert.deepEqual(told.map(({ isNew }) => isNew).sort(), [false, true], 'once, though both are redeemed at once');
  });

  it('by redirect, also within a minute and in a second browser', async () => {
    const app = await newApp();
    const browser = platform.browser();
    const visit = async (inBrowser: HttpBrowser, finish?: (page: Page) => Promise<Page>) => {
      const attempt = newAttempt();
      const page = await inBrowser.openPopup(popup(app, attempt, { mode: 'redirect' }));
      const last = finish ? await finish(page) : page;
      return (await redeem(app, codeOf(last), attempt)).isNew;
    };
    assert.equal(await visit(browser, (page) => signUp(browser, page)), true);
    assert.equal(await visit(browser), false, 'the same browser, at once');
    const elsewhere = platform.browser();
    elsewhere.restoreCookies(browser.saveCookies());
    assert.equal(await visit(elsewhere), false, 'a second browser');
  });

  it('for one of two codes that are redeemed at the same moment, and for no refresh token', async () => {
    const app = await newApp();
    const browser = platform.browser();
    const ask = (attempt: Attempt) =>
      browser.follow(
        `${app.issuer}/authorize?${new URLSearchParams({
          client_id: app.clientId,
          response_type: 'code',
          redirect_uri: BACK,
          scope: 'openid offline_access',
          prompt: 'consent',
          state: 's',
          code_challenge: attempt.challenge,
          code_challenge_method: 'S256',
        })}`,
        SHOP_ORIGIN,
      );
    const [one, other] = [newAttempt(), newAttempt()];
    const first = codeOf(await signUp(browser, await ask(one)));
    const second = codeOf(await browser.submit(await ask(other), '/consent'));
    const tokens = await Promise.all([
      redeem(app, first, one, { byBackend: true }),
      redeem(app, second, other, { byBackend: true }),
    ]);
    assert.deepEqual(tokens.map(({ isNew }) => isNew).sort(), [false, true]);
    for (const { refreshToken } of tokens) {
      assert.ok(refreshToken);
      const headers = { authorization: `Basic ${btoa(`${app.clientId}:${app.clientSecret}`)}` };
      const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
      assert.equal((await tokensOf(app.issuer, headers, form)).isNew, false);
    }
  });
});

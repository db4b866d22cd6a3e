import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { UserManager } from 'oidc-client-ts';
import { share, shareButton, signIn, signUp, somebody, somebodyWithAccount, untilClosed } from './support/people.ts';
import { registerRelyingParty, signedInAt } from './support/relying-party.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import { startVendorSite, type VendorSite } from './support/vendor-site.ts';

// A vendor who does not use the element: unmodified oidc-client-ts, in a page without a backend.

const LIBRARY = readFileSync(
  join(dirname(fileURLToPath(import.meta.resolve('oidc-client-ts'))), '../browser/oidc-client-ts.min.js'),
  'utf8',
);

interface SpaWindow extends Window {
  manager: UserManager;
  popup: Promise<unknown>;
}

interface Spa {
  url: string;
  clientId: string;
  issuer: string;
}

/** A page with the library, and a page at the redirect URI with the two lines that the library asks for. */
async function openSpa(
  { platform, site }: { platform: RunningPlatform; site: VendorSite },
  policy = 'unsafe-none',
): Promise<Spa> {
  const path = `/${randomUUID()}`;
  const back = `${site.origin}${path}/back`;
  const { clientId, issuer } = await platform.createApp({ origins: [site.origin], redirectUris: [back] });
  const settings = {
    authority: issuer,
    client_id: clientId,
    redirect_uri: back,
    scope: 'openid profile email',
    loadUserInfo: true,
    automaticSilentRenew: false,
    revokeTokensOnSignout: true,
  };
  const page = (script: string) => ({
    html: `<!doctype html><html lang="en"><title>A shop</title><script src="${path}/oidc.js"></script><script>
      const userStore = new oidc.WebStorageStateStore({ store: sessionStorage });
      window.manager = new oidc.UserManager({ ...${JSON.stringify(settings)}, userStore });
      ${script}
    </script><h1>A shop</h1></html>`,
    headers: { 'cross-origin-opener-policy': policy },
  });
  site.serve(`${path}/oidc.js`, () => ({ html: LIBRARY, headers: { 'content-type': 'text/javascript' } }));
  site.serve(path, () => page(''));
  site.serve(`${path}/back`, () =>
    page('manager.signinCallback().catch((error) => { document.title = error.error; });'),
  );
  return { url: site.origin + path, clientId, issuer };
}

/** Calls `signinPopup()` as a click would, and is given the window. Its outcome is `popupOutcome`. */
async function signinPopup(page: Page): Promise<Page> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate(() => {
      const spa = window as unknown as SpaWindow;
      spa.popup = spa.manager.signinPopup().then(
        ({ profile, refresh_token }) => ({ ...profile, refresh_token }),
        ({ error, message }: { error?: string; message: string }) => ({ error: error ?? message }),
      );
    }),
  ]);
  return popup;
}

const popupOutcome = (page: Page) => page.evaluate(() => (window as unknown as SpaWindow).popup);
const userOf = (page: Page) => page.evaluate(() => (window as unknown as SpaWindow).manager.getUser());

test('signinPopup: signs up, agrees, is known; is cancelled; signs out', async ({ page, platform, site }) => {
  const spa = await openSpa({ platform, site });
  await page.goto(spa.url);
  const person = somebody();

  const refused = await signinPopup(page);
  await refused.getByRole('button', { name: 'Cancel' }).click();
  expect(await popupOutcome(page)).toEqual({ error: 'access_denied' });
  await untilClosed(refused);

  const popup = await signinPopup(page);
  await signUp(popup, person);
  await share(popup);
  // `email` in the ID token and from userinfo, which the library merges; no refresh token for a page.
  expect(await popupOutcome(page)).toEqual(
    expect.objectContaining({ email: person.email, name: 'Ada Byron', iss: spa.issuer, aud: spa.clientId }),
  );
  const { access_token: accessToken = '', refresh_token: refreshToken } = (await userOf(page)) ?? {};
  expect(refreshToken).toBeUndefined();
  const userInfo = () => fetch(`${spa.issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
  expect((await userInfo()).status).toBe(200);

  // A person who has agreed before sees no page.
  const again = await signinPopup(page);
  expect(await popupOutcome(page)).toEqual(expect.objectContaining({ email: person.email }));
  await untilClosed(again);
  const second = (await userOf(page))?.access_token ?? '';

  // Signing out of the shop revokes its token, but not another one, e.g. of another device.
  await page.evaluate(async () => {
    const { manager } = window as unknown as SpaWindow;
    await manager.revokeTokens(['access_token']);
    await manager.removeUser();
  });
  expect(await userOf(page)).toBeNull();
  expect((await userInfo()).status).toBe(200);
  const dead = await fetch(`${spa.issuer}/userinfo`, { headers: { authorization: `Bearer ${second}` } });
  expect(dead.status).toBe(401);
});

for (const policy of ['same-origin-allow-popups', 'same-origin']) {
  test(`signinPopup works on pages with a Cross-Origin-Opener-Policy of ${policy}`, async ({
    page,
    platform,
    site,
  }) => {
    const spa = await openSpa({ platform, site }, policy);
    await page.goto(spa.url);
    const popup = await signinPopup(page);
    await signIn(popup, await somebodyWithAccount(platform));
    await share(popup);
    expect(await popupOutcome(page)).toEqual(expect.objectContaining({ name: 'Ada Byron' }));
  });
}

test('signinRedirect comes back signed in, and a page gets no refresh token for offline_access', async ({
  page,
  platform,
  site,
}) => {
  const spa = await openSpa({ platform, site });
  await page.goto(spa.url);
  const begin = (more = {}) =>
    page.evaluate((options) => void (window as unknown as SpaWindow).manager.signinRedirect(options), more);

  await begin();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page).toHaveTitle('access_denied');

  await page.goto(spa.url);
  await begin({ scope: 'openid profile email offline_access', prompt: 'consent' });
  await signIn(page, await somebodyWithAccount(platform));
  await shareButton(page).click();
  await page.waitForURL(`${spa.url}/back?**`);
  await expect.poll(async () => (await userOf(page))?.profile.name).toBe('Ada Byron');
  const user = await userOf(page);
  expect([user?.access_token, user?.refresh_token]).toEqual([expect.any(String), undefined]);
  // The same response is loaded again, as from the history. Its state and its code are used up.
  await page.reload();
  await expect(page).toHaveTitle('undefined');
});

test('a page on an unregistered origin gets nothing', async ({ page, platform, site }) => {
  const stranger = await startVendorSite();
  const spa = await openSpa({ platform, site });
  stranger.serve('/', () => ({ html: '<!doctype html><title>Elsewhere</title>' }));
  await page.goto(spa.url);
  const popup = await signinPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await popupOutcome(page);
  const token = (await userOf(page))?.access_token;

  await page.goto(stranger.origin);
  const outcomes = await page.evaluate(
    async ({ issuer, clientId, accessToken }) => {
      const read = (path: string, init?: RequestInit) =>
        fetch(issuer + path, init).then(
          async (answer) => `${answer.status} ${((await answer.json()) as { error?: string }).error ?? 'read'}`,
          () => 'not for this page',
        );
      const headers = { authorization: `Bearer ${accessToken}` };
      const form = (fields: Record<string, string>) => ({
        method: 'POST',
        body: new URLSearchParams({ client_id: clientId, ...fields }),
      });
      return {
        discovery: await read('/.well-known/openid-configuration'),
        jwks: await read('/jwks'),
        userinfo: await read('/userinfo', { headers }),
        token: await read('/token', form({ grant_type: 'authorization_code', code: 'x', code_verifier: 'x' })),
        revoke: await read('/revoke', form({ token: `${accessToken}` })),
      };
    },
    { issuer: spa.issuer, clientId: spa.clientId, accessToken: token },
  );
  expect(outcomes).toEqual({
    discovery: '200 read',
    jwks: '200 read',
    userinfo: 'not for this page',
    token: expect.not.stringMatching(/^200/),
    revoke: expect.not.stringMatching(/^200/),
  });
  const answer = await fetch(`${spa.issuer}/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status, 'the token still works').toBe(200);
  await stranger.close();
});

test('a backend’s refresh token is useless without the secret', async ({ platform, site }) => {
  const redirectUri = `${site.origin}/${randomUUID()}`;
  const party = await registerRelyingParty(platform, { redirectUri });
  const browser = await signedInAt(party, platform);
  const request = await party.begin({ scope: 'openid offline_access email', prompt: 'consent' });
  const page = await browser.submit(await browser.get(request.url.href), '/consent');
  const tokens = await party.finish(request, page.url);
  const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(party.issuer + path, {
      method: 'POST',
      headers: { origin: site.origin, ...headers },
      body: new URLSearchParams({ client_id: party.clientId, ...fields }),
    });
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
  const basic = { authorization: `Basic ${btoa(`${party.clientId}:${party.clientSecret}`)}` };
  const secret = { client_secret: party.clientSecret };
  for (const [name, attempt, status] of [
    ['as a page', send('/token', refresh), 401],
    ['with an empty secret', send('/token', { ...refresh, client_secret: '' }), 401],
    ['with two ways to tell the secret', send('/token', { ...refresh, ...secret }, basic), 400],
    ['as another client', send('/token', { ...refresh, client_id: 'x'.repeat(32) }, basic), 400],
    // A page can revoke its own token, but not those of the backend.
    ['the access token, revoked by a page', send('/revoke', { token: tokens.access_token }), 200],
    ['with the secret', send('/token', { ...refresh, ...secret }), 200],
  ] as const) {
    expect([name, (await attempt).status]).toEqual([name, status]);
  }
});

import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import * as client from 'openid-client';
import { verifyCredential } from '../client/index.ts';
import {
  cancel,
  openPopup,
  share,
  shareButton,
  signIn,
  signUp,
  somebody,
  somebodyWithAccount,
  tagOf,
  widgetOn,
} from './support/people.ts';
import { registerRelyingParty } from './support/relying-party.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

const MODES = ['popup', 'relay', 'redirect'] as const;

interface Registration {
  form: Record<string, string>;
  tokens: Record<string, string>;
}

interface Shop {
  url: string;
  clientId: string;
  issuer: string;
  nonce: string;
  /** The received forms, and the platform's answer to each. */
  registrations: Registration[];
  /** How the vendor's backend redeems a code. */
  redeem(form: Record<string, string>): Promise<Response>;
}

/** A shop whose backend redeems the code with its secret, and keeps the PKCE verifier in its session if it made the challenge. */
async function openShop(
  { platform, site }: { platform: RunningPlatform; site: VendorSite },
  mode: (typeof MODES)[number],
  { challengeOfBackend }: { challengeOfBackend: boolean },
): Promise<Shop> {
  const path = `/${randomUUID()}`;
  const redirectUri = `${site.origin}${path}/back`;
  const { clientId, clientSecret, issuer } = await platform.createApp({
    origins: [site.origin],
    redirectUris: [redirectUri],
  });
  const nonce = randomUUID();
  const verifier = client.randomPKCECodeVerifier();
  const challenge = await client.calculatePKCECodeChallenge(verifier);
  const tag = tagOf({
    'client-id': clientId,
    nonce,
    'response-type': 'code',
    ...(mode !== 'popup' && { 'redirect-uri': `${path}/back` }),
    ...(mode === 'redirect' && { mode }),
    ...(challengeOfBackend && { 'code-challenge': challenge }),
  });
  const headers = { 'cross-origin-opener-policy': mode === 'relay' ? 'same-origin' : 'unsafe-none' };
  const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
  const page = (body: string) => `<!doctype html><html lang="en"><title>A shop</title><main>${body}</main></html>`;
  const registrations: Shop['registrations'] = [];
  const redeem: Shop['redeem'] = ({ code = '', code_verifier = verifier, redirect_uri = '' }) =>
    fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier, redirect_uri }),
    });
  site.serve(`${path}/back`, () => ({ html: page(script), headers }));
  site.serve(path, () => ({
    html: page(`${script}<form method="post" action="${path}/register">${tag}<button>Create account</button></form>`),
    headers,
  }));
  site.serve(`${path}/register`, async (_url, request) => {
    const form = Object.fromEntries(request.form);
    const answer = await redeem(form);
    registrations.push({ form, tokens: (await answer.json()) as Record<string, string> });
    return { html: page(answer.ok ? 'Welcome' : 'Refused'), headers };
  });
  return { url: site.origin + path, clientId, issuer, nonce, registrations, redeem };
}

/** Presses the button, signs in and agrees, wherever the platform's pages are. */
async function shareWith(page: Page, platform: RunningPlatform, mode: (typeof MODES)[number]): Promise<void> {
  const person = await somebodyWithAccount(platform);
  const { button, element } = widgetOn(page);
  if (mode === 'redirect') {
    await button.click();
    await signIn(page, person);
    await shareButton(page).click();
  } else {
    const popup = await openPopup(page);
    await signIn(popup, person);
    await share(popup);
  }
  await expect(element).toHaveAttribute('state', 'completed');
}

function registrationAt({ registrations }: Shop): Registration {
  const [registration] = registrations;
  if (!registration) throw new Error('no form came in');
  return registration;
}

const userInfo = (shop: Shop, accessToken = '') =>
  fetch(`${shop.issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });

for (const mode of MODES) {
  test(`a code by ${mode} is redeemed by the vendor’s backend`, async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site }, mode, { challengeOfBackend: false });
    await page.goto(shop.url);
    await shareWith(page, platform, mode);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('Welcome')).toBeVisible();

    const { form, tokens } = registrationAt(shop);
    expect(Object.keys(form).sort()).toEqual(['code', 'code_verifier', 'redirect_uri']);
    const claims = await verifyCredential(tokens['id_token'], shop);
    expect([claims.name, claims.is_new_user]).toEqual(['Ada Byron', true]);
    expect((await userInfo(shop, tokens['access_token'])).status).toBe(200);

    // The same form is sent again (RFC 6749 section 4.1.2). It gets nothing, and the tokens of the first one are revoked.
    const again = await shop.redeem(form);
    expect([again.status, await again.json()]).toEqual([400, expect.objectContaining({ error: 'invalid_grant' })]);
    expect((await userInfo(shop, tokens['access_token'])).status).toBe(401);
  });

  test(`a code by ${mode} for a backend that keeps the verifier`, async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site }, mode, { challengeOfBackend: true });
    await page.goto(shop.url);
    await shareWith(page, platform, mode);
    // A script that somebody injects into the page can read the code, but cannot use it.
    const stolen = await page.evaluate(
      async ({ issuer, clientId }) => {
        const form = new FormData(document.forms[0]);
        const redeem = async (more: Record<string, string>) => {
          const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: clientId, ...more });
          for (const [name, value] of form) body.set(name, String(value));
          const answer = await fetch(`${issuer}/token`, { method: 'POST', body });
          return `${answer.status} ${((await answer.json()) as { error: string }).error}`;
        };
        return [await redeem({}), await redeem({ code_verifier: 'a'.repeat(43) })];
      },
      { issuer: shop.issuer, clientId: shop.clientId },
    );
    expect(stolen).toEqual(['400 invalid_grant', '400 invalid_grant']);

    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('Welcome')).toBeVisible();
    const { form, tokens } = registrationAt(shop);
    expect(Object.keys(form).sort()).toEqual(['code', 'redirect_uri']);
    await expect(verifyCredential(tokens['id_token'], shop)).resolves.toMatchObject({ name: 'Ada Byron' });
  });
}

test('code-challenge without response-type="code" is a mistake, and no popup stays', async ({
  page,
  platform,
  site,
}) => {
  const { clientId } = await platform.createApp({ origins: [site.origin] });
  const path = `/${randomUUID()}`;
  const tag = tagOf({ 'client-id': clientId, 'code-challenge': 'a'.repeat(43) });
  const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
  site.serve(path, () => ({ html: `<!doctype html><title>A shop</title>${script}${tag}` }));
  await page.goto(site.origin + path);
  const failure = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.querySelector('signup-with-platform')?.addEventListener('signup-error', ({ detail }) => {
          resolve([detail.code, detail.message]);
        }),
      ),
  );
  await widgetOn(page).button.click();
  expect(await failure).toEqual(['misconfigured', expect.stringContaining('response-type="code"')]);
  await expect.poll(() => page.context().pages().length).toBe(1);
});

test.describe('openid-client, with its secret', () => {
  for (const [name, authentication] of [
    ['client_secret_basic', client.ClientSecretBasic],
    ['client_secret_post', client.ClientSecretPost],
  ] as const) {
    test(`signs somebody up by redirect: ${name}`, async ({ page, platform, site }) => {
      const path = `/${randomUUID()}`;
      site.serve(path, () => ({ html: '<!doctype html><title>Back</title>Back at the shop' }));
      const party = await registerRelyingParty(platform, { redirectUri: site.origin + path, authentication });
      const person = somebody();

      const refused = await party.begin();
      await page.goto(refused.url.href);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.waitForURL(`${site.origin + path}?**`);
      await expect(party.finish(refused, new URL(page.url()))).rejects.toMatchObject({ error: 'access_denied' });

      const request = await party.begin();
      await page.goto(request.url.href);
      await signUp(page, person);
      await shareButton(page).click();
      await page.waitForURL(`${site.origin + path}?**`);
      const back = new URL(page.url());
      const tokens = await party.finish(request, back);
      expect(tokens.claims()).toMatchObject({ email: person.email, is_new_user: true });
      const { sub = '' } = tokens.claims() ?? {};
      await expect(client.fetchUserInfo(party.config, tokens.access_token, sub)).resolves.toMatchObject({
        email: person.email,
      });
      await expect(party.finish(request, back)).rejects.toMatchObject({ error: 'invalid_grant' });
    });
  }
});

test('a cancelled code flow can be started again', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, 'popup', { challengeOfBackend: true });
  await page.goto(shop.url);
  await cancel(await openPopup(page));
  await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
  await shareWith(page, platform, 'popup');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Welcome')).toBeVisible();
});

import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import * as client from 'openid-client';
import { verifyCredential } from '../client/index.ts';
import { shareButton, signUp, somebody } from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import { startVendorSite, type VendorRequest, type VendorSite } from './support/vendor-site.ts';

/** A shop whose page posts the authorization request, and whose backend has the answer posted to it. */
interface Shop {
  path: string;
  clientId: string;
  issuer: string;
  /** What came to the redirect URI. */
  answers: VendorRequest[];
  /** Serves a page with the form, as this shop's or as another site's. */
  serve(site: VendorSite, path: string, more?: Record<string, string | undefined>): void;
  /** Redeems a code with the shop's secret. @returns the ID token */
  redeem(code: string): Promise<string>;
}

async function openShop(platform: RunningPlatform, site: VendorSite): Promise<Shop> {
  const path = `/${randomUUID()}`;
  const redirectUri = `${site.origin}${path}/callback?from=platform`;
  const { clientId, clientSecret, issuer } = await platform.createApp({
    origins: [site.origin],
    redirectUris: [redirectUri],
  });
  const verifier = client.randomPKCECodeVerifier();
  const challenge = await client.calculatePKCECodeChallenge(verifier);
  const answers: VendorRequest[] = [];
  const shop: Shop = {
    path,
    clientId,
    issuer,
    answers,
    serve: (at, where, more = {}) => {
      const request = {
        client_id: clientId,
        response_type: 'code',
        response_mode: 'form_post',
        redirect_uri: redirectUri,
        scope: 'openid email',
        state: 's',
        nonce: 'n',
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ...more,
      };
      const inputs = Object.entries(request).map(([name, value]) =>
        value === undefined ? '' : `<input type="hidden" name="${name}" value="${escaped(value)}">`,
      );
      at.serve(where, () => ({
        html: `<!doctype html><html lang="en"><title>A shop</title>
<form method="post" action="${issuer}/authorize">${inputs.join('')}<button>Sign in with Platform</button></form></html>`,
      }));
    },
    redeem: async (code) => {
      const answer = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          code_verifier: verifier,
          redirect_uri: redirectUri,
        }),
      });
      return ((await answer.json()) as { id_token: string }).id_token;
    },
  };
  shop.serve(site, path);
  // A backend redeems the code and leads on, as most frameworks do.
  site.serve(`${path}/callback`, (_url, request) => {
    answers.push(request);
    return { status: 303, headers: { location: `${path}/welcome` }, html: '' };
  });
  site.serve(`${path}/welcome`, () => ({ html: '<!doctype html><title>Welcome</title>Welcome back at the shop' }));
  return shop;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

async function begin(page: Page, site: VendorSite, path: string): Promise<void> {
  await page.goto(site.origin + path);
  await page.getByRole('button', { name: 'Sign in with Platform' }).click();
}

function answerAt({ answers }: Shop, index: number): VendorRequest {
  const answer = answers[index];
  if (!answer) throw new Error('nothing was posted to the shop');
  return answer;
}

test('a code is posted to the backend, and who comes back from the shop’s page is not asked', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop(platform, site);
  const person = somebody();
  await begin(page, site, shop.path);
  await signUp(page, person);
  await shareButton(page).click();
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();

  const { method, headers, form } = answerAt(shop, 0);
  expect([method, headers.origin, headers.referer]).toEqual(['POST', platform.url, `${platform.url}/`]);
  expect([...form.keys()].sort()).toEqual(['code', 'iss', 'state']);
  expect([form.get('state'), form.get('iss')]).toEqual(['s', shop.issuer]);
  const { clientId, issuer } = shop;
  const claims = await verifyCredential(await shop.redeem(form.get('code') ?? ''), { clientId, issuer, nonce: 'n' });
  expect(claims).toMatchObject({ email: person.email, is_new_user: true });

  // The form is another site's, so its POST has no cookie of ours. The GET that it leads to has, and says which page asked.
  await begin(page, site, shop.path);
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();
  expect(answerAt(shop, 1).form.get('code')).toBeTruthy();
  shop.serve(site, `${shop.path}/silent`, { prompt: 'none' });
  await begin(page, site, `${shop.path}/silent`);
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();
  expect(answerAt(shop, 2).form.get('code')).toBeTruthy();
});

test('a credential is posted to the backend, and the person can decline', async ({ page, platform, site }) => {
  const shop = await openShop(platform, site);
  shop.serve(site, shop.path, {
    response_type: 'id_token',
    code_challenge: undefined,
    code_challenge_method: undefined,
  });
  await begin(page, site, shop.path);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();
  expect(answerAt(shop, 0).form.get('error')).toBe('access_denied');

  await begin(page, site, shop.path);
  const person = somebody();
  await signUp(page, person);
  await shareButton(page).click();
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();
  const { clientId, issuer } = shop;
  const credential = answerAt(shop, 1).form.get('id_token') ?? '';
  await expect(verifyCredential(credential, { clientId, issuer, nonce: 'n' })).resolves.toMatchObject({
    email: person.email,
  });
});

test('without JavaScript, a button posts it', async ({ browser, platform, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const shop = await openShop(platform, site);
  await begin(page, site, shop.path);
  await signUp(page, somebody());
  await shareButton(page).click();
  await expect(page.getByRole('heading', { name: /^Returning you to/ })).toBeVisible();
  expect(shop.answers).toEqual([]);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();
  expect(answerAt(shop, 0).form.get('code')).toBeTruthy();
  await context.close();
});

test('what another site posts passes nobody, and is posted nowhere, without a click', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop(platform, site);
  await begin(page, site, shop.path);
  await signUp(page, somebody());
  await shareButton(page).click();
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();

  const evil = await startVendorSite();
  shop.serve(evil, '/ask');
  await begin(page, evil, '/ask');
  await expect(page.getByRole('button', { name: /^Continue as/ })).toBeVisible();
  shop.serve(evil, '/silent', { prompt: 'none' });
  await begin(page, evil, '/silent');
  await expect(page.getByRole('button', { name: `Go to ${site.origin}` })).toBeVisible();
  expect(shop.answers).toHaveLength(1);
  await page.getByRole('button', { name: `Go to ${site.origin}` }).click();
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();
  expect(answerAt(shop, 1).form.get('error')).toBe('interaction_required');
  await evil.close();
});

test('what a shop writes into state is text, and comes back as it was', async ({ page, platform, site }) => {
  const shop = await openShop(platform, site);
  const state = `"></form><form action="https://evil.example/"><script>alert(1)</script>' onfocus=alert(1) ü\u202e`;
  shop.serve(site, shop.path, { state });
  page.on('dialog', () => {
    throw new Error('a script ran');
  });
  await begin(page, site, shop.path);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Welcome back at the shop')).toBeVisible();
  expect(answerAt(shop, 0).form.get('state')).toBe(state);
});

test('nothing is posted from a frame', async ({ page, platform, site }) => {
  const shop = await openShop(platform, site);
  const query = new URLSearchParams({
    client_id: shop.clientId,
    response_type: 'dance',
    response_mode: 'form_post',
    redirect_uri: `${site.origin}${shop.path}/callback?from=platform`,
  });
  const loaded = page.waitForResponse((response) => response.url().startsWith(`${shop.issuer}/authorize`));
  site.serve(`${shop.path}/frame`, () => ({
    html: `<!doctype html><title>A frame</title><iframe src="${shop.issuer}/authorize?${escaped(query.toString())}"></iframe>`,
  }));
  await page.goto(`${site.origin}${shop.path}/frame`);
  expect((await loaded).headers()['x-frame-options']).toBe('DENY');
  await page.waitForLoadState('networkidle');
  expect(shop.answers).toEqual([]);
});

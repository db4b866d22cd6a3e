import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { UserManager } from 'oidc-client-ts';
import { shareButton, signIn, somebodyWithAccount } from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

// Unmodified oidc-client-ts signs people out in a real browser: cookies, redirects and form-action are the browser's.

const LIBRARY = readFileSync(
  join(dirname(fileURLToPath(import.meta.resolve('oidc-client-ts'))), '../browser/oidc-client-ts.min.js'),
  'utf8',
);

interface SpaWindow extends Window {
  manager: UserManager;
}

/** A shop's page where somebody has signed in by redirect. */
async function signedInShop(page: Page, { platform, site }: { platform: RunningPlatform; site: VendorSite }) {
  const path = `/${randomUUID()}`;
  const url = site.origin + path;
  const { clientId, issuer } = await platform.createApp({
    origins: [site.origin],
    redirectUris: [`${url}/back`],
    postLogoutRedirectUris: [`${url}/out`],
  });
  const settings = {
    authority: issuer,
    client_id: clientId,
    redirect_uri: `${url}/back`,
    post_logout_redirect_uri: `${url}/out`,
    automaticSilentRenew: false,
  };
  const html = (
    script: string,
  ) => `<!doctype html><html lang="en"><title>A shop</title><script src="${path}/oidc.js"></script>
    <script>window.manager = new oidc.UserManager({ ...${JSON.stringify(settings)},
      userStore: new oidc.WebStorageStateStore({ store: sessionStorage }) });
    const tell = (promise) => promise.then(() => { document.title = 'done'; }, (error) => { document.title = error.message; });
    ${script}</script><h1>A shop</h1></html>`;
  site.serve(`${path}/oidc.js`, () => ({ html: LIBRARY, headers: { 'content-type': 'text/javascript' } }));
  site.serve(path, () => ({ html: html('') }));
  site.serve(`${path}/back`, () => ({ html: html('tell(manager.signinCallback())') }));
  site.serve(`${path}/out`, () => ({ html: html('tell(manager.signoutCallback())') }));
  await page.goto(url);
  await page.evaluate(() => void (window as unknown as SpaWindow).manager.signinRedirect());
  await signIn(page, await somebodyWithAccount(platform));
  await shareButton(page).click();
  await expect(page).toHaveTitle('done');
  return { url, issuer };
}

const question = (page: Page) => page.getByRole('heading', { name: /^Sign out of / });
const isSignedIn = async (page: Page, issuer: string) => {
  await page.goto(`${issuer}/account`);
  return !page.url().includes('/sign-in');
};

test('signoutRedirect ends the session and comes back, with the ID token of this session', async ({
  page,
  platform,
  site,
}) => {
  const { url, issuer } = await signedInShop(page, { platform, site });
  await page.evaluate(() => void (window as unknown as SpaWindow).manager.signoutRedirect({ state: 'kept' }));
  await page.waitForURL((address) => address.href.startsWith(`${url}/out?state=`));
  await expect(page).toHaveTitle('done');
  expect(await isSignedIn(page, issuer)).toBe(false);
});

test('signoutRedirect asks without an ID token; the answer goes back over the page’s policy', async ({
  page,
  platform,
  site,
}) => {
  const { url, issuer } = await signedInShop(page, { platform, site });
  await page.evaluate(async () => {
    const { manager } = window as unknown as SpaWindow;
    await manager.removeUser();
    void manager.signoutRedirect({ state: 'kept' });
  });
  await expect(question(page)).toBeVisible();
  await expect(page.getByText(site.origin)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL((address) => address.href.startsWith(`${url}/out?state=`));
  await expect(page).toHaveTitle('done');
  expect(await isSignedIn(page, issuer)).toBe(false);
});

test('who stays signed in goes back to the shop, and is signed in', async ({ page, platform, site }) => {
  const { url, issuer } = await signedInShop(page, { platform, site });
  await page.evaluate(async () => {
    const { manager } = window as unknown as SpaWindow;
    await manager.removeUser();
    void manager.signoutRedirect({ state: 'kept' });
  });
  await expect(question(page)).toBeVisible();
  await page.getByRole('link', { name: 'Stay signed in' }).click();
  await page.waitForURL((address) => address.href.startsWith(`${url}/out?state=`));
  expect(await isSignedIn(page, issuer)).toBe(true);
});

test('a form from another site ends the session, too, although it brings no cookies', async ({
  page,
  platform,
  site,
}) => {
  const { url, issuer } = await signedInShop(page, { platform, site });
  await page.evaluate(
    async ({ action, back }) => {
      const user = await (window as unknown as SpaWindow).manager.getUser();
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action });
      for (const [name, value] of [
        ['id_token_hint', user?.id_token ?? ''],
        ['post_logout_redirect_uri', back],
      ] as const) {
        const input = document.createElement('input');
        Object.assign(input, { type: 'hidden', name, value });
        form.append(input);
      }
      document.body.append(form);
      setTimeout(() => form.submit());
    },
    { action: `${issuer}/logout`, back: `${url}/out` },
  );
  await page.waitForURL(`${url}/out`);
  expect(await isSignedIn(page, issuer)).toBe(false);
});

test('a page that embeds the address signs nobody out', async ({ page, platform, site }) => {
  const { issuer } = await signedInShop(page, { platform, site });
  await page.evaluate(async (address) => {
    const user = await (window as unknown as SpaWindow).manager.getUser();
    const target = `${address}?${new URLSearchParams({ id_token_hint: user?.id_token ?? '' })}`;
    await fetch(target, { mode: 'no-cors', credentials: 'include' }).catch(() => {});
    await new Promise((done) => {
      const image = new Image();
      image.onload = done;
      image.onerror = done;
      image.src = target;
      document.body.append(image);
    });
    const frame = document.createElement('iframe');
    await new Promise((done) => {
      frame.onload = done;
      frame.src = target;
      document.body.append(frame);
    });
  }, `${issuer}/logout`);
  expect(await isSignedIn(page, issuer)).toBe(true);
});

import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import {
  openPopup,
  received,
  type Shop,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  tagOf,
  widgetOn,
} from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

/** A shop whose pages cannot be reached by the popup, with a page at a redirect URI that holds our script and nothing else. */
async function openSecludedShop(
  { platform, site }: { platform: RunningPlatform; site: VendorSite },
  { attributes = {}, policy = 'same-origin' }: { attributes?: Record<string, string>; policy?: string } = {},
): Promise<Shop & { redirectUri: string }> {
  const path = `/${randomUUID()}`;
  const redirectUri = `${site.origin}${path}/back`;
  const { clientId, issuer } = await platform.createApp({ origins: [site.origin], redirectUris: [redirectUri] });
  const nonce = randomUUID();
  const headers = { 'cross-origin-opener-policy': policy };
  const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
  const tag = tagOf({ 'client-id': clientId, nonce, 'redirect-uri': `${path}/back`, ...attributes });
  site.serve(`${path}/back`, () => ({ html: `<!doctype html><html lang="en"><title>Back</title>${script}`, headers }));
  site.serve(path, () => ({
    html: `<!doctype html><html lang="en"><title>A shop</title>${script}<main><form><label>Note <textarea name="note"></textarea></label><label>Given name <input name="given_name" autocomplete="given-name"></label>${tag}</form></main></html>`,
    headers,
  }));
  return { url: site.origin + path, clientId, issuer, nonce, redirectUri };
}

/** Signs in and agrees, wherever the platform's pages are. */
async function agree(page: Page, platform: RunningPlatform): Promise<void> {
  await signIn(page, await somebodyWithAccount(platform));
  await shareButton(page).click();
}

test('a popup that is cut off answers by way of the redirect URI', async ({ page, platform, site }) => {
  const shop = await openSecludedShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await expect(widgetOn(page).status).toContainText('Finish in the window');
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  const claims = await received(page, shop);
  expect(claims['is_new_user']).toBe(true);
  expect(page.url()).toBe(shop.url);
});

test('the page itself goes to the platform and comes back as it was', async ({ page, platform, site }) => {
  const shop = await openSecludedShop({ platform, site }, { attributes: { mode: 'redirect' }, policy: 'unsafe-none' });
  await page.goto(shop.url);
  await page.getByLabel('Note').fill('Ring twice');
  await widgetOn(page).button.click();
  await agree(page, platform);
  await received(page, shop);
  expect(page.url()).toBe(shop.url);
  await expect(page.getByLabel('Note')).toHaveValue('Ring twice');
  await expect(page.getByLabel('Given name')).not.toHaveValue('');
  await page.reload();
  await expect(widgetOn(page).element).toHaveAttribute('state', 'idle');
});

import type { Page } from '@playwright/test';

/**
 * Blocks third-party cookies, as browsers do by default now or will soon. Chromium's headless shell has no setting for it, but it can be
 * set for each page. Earlier requests of a page are not affected.
 */
export async function blockThirdPartyCookies(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true });
}

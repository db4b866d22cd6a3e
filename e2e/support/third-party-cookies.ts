import type { Page } from '@playwright/test';

/**
 * Blocks cookies of other sites than the page's own, as browsers do by themselves now, or soon will. Chromium's headless shell has no
 * setting for it, but it can be told so for each page; what a page asked for before knows nothing of it.
 */
export async function blockThirdPartyCookies(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true });
}

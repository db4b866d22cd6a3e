import type { HttpBrowser, Page } from './http-journey.ts';
import { mailedCode } from './mailed-code.ts';
import { SHOP_ORIGIN, type TestPlatform } from './test-platform.ts';

/** Opens the popup of an app, in a browser that has never been here unless it says otherwise. */
export async function openIn(platform: TestPlatform, clientId: string, browser = platform.browser()) {
  const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
  return { browser, first };
}

/** The address of a step of the popup that a page belongs to, whether or not the page has a form or a link for it. */
export function stepOf(page: Page, step: string): string {
  const base = /"([^"]*\/interaction\/[\w-]+)/.exec(page.html)?.[1];
  if (base === undefined) throw new Error(`"${page.heading}" (${page.status} ${page.url.pathname}) is no step`);
  return `${base}/${step}`;
}

/** Sends a form of another step, with the token of a page of the same popup. */
export function postStep(
  browser: HttpBrowser,
  page: Page,
  step: string,
  values: Record<string, string | readonly string[]> = {},
): Promise<Page> {
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  return browser.post(stepOf(page, step), { csrf, ...values });
}

/** Asks for a code from any page of the popup. */
export function askForCode(
  browser: HttpBrowser,
  page: Page,
  email: string,
  way: 'sign_in' | 'sign_up' | 'forgot' | 'confirm' = 'sign_in',
): Promise<Page> {
  return postStep(browser, page, 'code', { email, way });
}

/** Types the code that was mailed last for the popup. */
export async function typeCode(platform: TestPlatform, browser: HttpBrowser, page: Page): Promise<Page> {
  return postStep(browser, page, 'code-check', { code: await mailedCode(platform, page) });
}

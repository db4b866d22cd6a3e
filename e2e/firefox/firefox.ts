import assert from 'node:assert/strict';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findFirefox } from '../../scripts/firefox.ts';
import { until } from '../../scripts/testing/until.ts';

/** In milliseconds; long, because a busy machine may stand still for seconds. */
export const TIMEOUT = { timeout: 60_000 };

/** Blocks all of them, instead of keeping a separate jar for each top-level site, which is Firefox's default. */
const THIRD_PARTY_COOKIES_BLOCKED = { 'network.cookie.cookieBehavior': 1 };

export function launchFirefox(): Promise<Browser> {
  const executablePath = findFirefox();
  assert.ok(executablePath, 'there is a Firefox: FIREFOX_PATH names it');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: THIRD_PARTY_COOKIES_BLOCKED,
  });
}

/** The window that opens. */
export async function popupAfter(page: Page, act: () => Promise<unknown>): Promise<Page> {
  const popup = new Promise<Page>((resolve, reject) => {
    page
      .browser()
      .once('targetcreated', (target) =>
        target.page().then((opened) => (opened ? resolve(opened) : reject(new Error('no page'))), reject),
      );
  });
  await act();
  return popup;
}

/** Presses a button by its words, once it may be pressed. */
export function press(there: Page, words: string): Promise<void> {
  return there.locator(`button:not([aria-disabled]) ::-p-text(${words})`).setTimeout(TIMEOUT.timeout).click();
}

/** Kept in the tab's storage, because that outlives the page. */
export async function noteEvents(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    for (const name of ['signup-start', 'signup-success', 'signup-cancel', 'signup-error']) {
      addEventListener(name, (event) => {
        const { code } = (event as CustomEvent<{ code?: string } | null>).detail ?? {};
        const note = name === 'signup-error' ? `${name} ${code}` : name;
        sessionStorage['noted'] = `${sessionStorage['noted'] ?? ''}${note}\n`;
      });
    }
  });
}

async function notedEvents(page: Page): Promise<string[]> {
  const noted = await page.evaluate(() => String(sessionStorage['noted'] ?? ''));
  return noted.trim().split('\n');
}

/** Compares the page's events, once there are as many. That of a success follows when the form is filled. */
export async function hears(page: Page, events: readonly string[]): Promise<void> {
  await until(async () => (await notedEvents(page)).length >= events.length);
  assert.deepEqual(await notedEvents(page), events);
}

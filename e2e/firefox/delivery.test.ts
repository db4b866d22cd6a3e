import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findFirefox } from '../../scripts/firefox.ts';
import { until } from '../../scripts/testing/until.ts';
import { settleSection } from '../support/compatibility.ts';
import { type Cell, cellsOf, FIREFOX_ROWS } from '../support/delivery-matrix.ts';
import { type RunningPlatform, runPlatform } from '../support/running-platform.ts';
import { openSecludedShop } from '../support/secluded-shop.ts';
import { startVendorSite, type VendorSite } from '../support/vendor-site.ts';

/** In milliseconds; long, because a busy machine may stand still for seconds. */
const TIMEOUT = { timeout: 60_000 };
/** Short, for a popup that will never speak. */
const UNREACHABLE_GRACE_MS = 500;
const NAMES_OF_BUTTONS = { granted: 'Has shared with your shop before', cancelled: 'Cancel' } as const;
const EVENTS: Readonly<Record<string, string>> = {
  completed: 'signup-success',
  cancelled: 'signup-cancel',
  failed: 'signup-error',
};

/** Blocks all of them, instead of keeping a separate jar for each top-level site, which is Firefox's default. */
const THIRD_PARTY_COOKIES_BLOCKED = { 'network.cookie.cookieBehavior': 1 };

let browser: Browser;
let platform: RunningPlatform;
let site: VendorSite;
const results = new Map<string, 'passed' | 'failed'>();

before(async () => {
  const executablePath = findFirefox();
  assert.ok(executablePath, 'there is a Firefox: FIREFOX_PATH names it');
  [browser, platform, site] = await Promise.all([
    puppeteer.launch({
      browser: 'firefox',
      executablePath,
      headless: true,
      extraPrefsFirefox: THIRD_PARTY_COOKIES_BLOCKED,
    }),
    runPlatform(),
    startVendorSite(),
  ]);
});

after(async () => {
  const version = (await browser.version()).replace(/^firefox\//i, '');
  await Promise.all([browser.close(), platform.close(), site.close()]);
  if (results.size < cellsOf(FIREFOX_ROWS).length) return;
  const wrong = settleSection('Firefox', { version, results });
  if (wrong !== undefined) assert.fail(wrong);
});

for (const cell of cellsOf(FIREFOX_ROWS)) {
  test(cell.id, async () => {
    results.set(cell.id, 'failed');
    await tryCell(cell);
    results.set(cell.id, 'passed');
  });
}

async function tryCell({ policy, redirectUri, way, outcome, expected }: Cell): Promise<void> {
  const attributes = way === 'redirect' ? { mode: 'redirect' } : {};
  const shop = await openSecludedShop({ platform, site }, { policy, redirectUri, attributes });
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT.timeout);
    await noteEvents(page);
    await page.goto(shop.url);
    await page.$eval(
      'signup-with-platform',
      async (element, unreachableGraceMs) => {
        await customElements.whenDefined(element.localName);
        const widget = element as HTMLElementTagNameMap['signup-with-platform'];
        widget.timings = { ...widget.timings, unreachableGraceMs };
      },
      UNREACHABLE_GRACE_MS,
    );
    const button = page.locator('signup-with-platform >>> button').setTimeout(TIMEOUT.timeout);
    const there = way === 'redirect' ? page : await popupAfter(page, () => button.click());
    if (way === 'redirect') await button.click();

    await there
      .locator(`button:not([aria-disabled]) ::-p-text(${NAMES_OF_BUTTONS[outcome as keyof typeof NAMES_OF_BUTTONS]})`)
      .setTimeout(TIMEOUT.timeout)
      .click();
    await page.waitForSelector(`signup-with-platform[state=${expected.state}]`, TIMEOUT);
    if (way === 'none') await there.waitForSelector('::-p-text(We couldn’t return you to)', TIMEOUT);
    else if (way !== 'redirect') await until(() => there.isClosed());
    const event = EVENTS[expected.state];
    assert.deepEqual(await notedEvents(page), ['signup-start', expected.code ? `${event} ${expected.code}` : event]);
    assert.equal(page.url(), shop.url);
  } finally {
    await context.close();
  }
}

async function popupAfter(page: Page, act: () => Promise<unknown>): Promise<Page> {
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

/** Kept in the tab's storage, because that outlives the page. */
async function noteEvents(page: Page): Promise<void> {
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

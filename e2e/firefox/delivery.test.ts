import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { until } from '../../scripts/testing/until.ts';
import { settleSection } from '../support/compatibility.ts';
import { type Cell, cellsOf, FIREFOX_ROWS } from '../support/delivery-matrix.ts';
import { type RunningPlatform, runPlatform } from '../support/running-platform.ts';
import { openSecludedShop } from '../support/secluded-shop.ts';
import { startVendorSite, type VendorSite } from '../support/vendor-site.ts';
import { hears, launchFirefox, noteEvents, popupAfter, press, TIMEOUT } from './firefox.ts';

/** Short, for a popup that will never speak. */
const UNREACHABLE_GRACE_MS = 500;
const NAMES_OF_BUTTONS = { granted: 'Has shared with your shop before', cancelled: 'Cancel' } as const;
const EVENTS: Readonly<Record<string, string>> = {
  completed: 'signup-success',
  cancelled: 'signup-cancel',
  failed: 'signup-error',
};

let browser: Browser;
let platform: RunningPlatform;
let site: VendorSite;
const results = new Map<string, 'passed' | 'failed'>();

before(async () => {
  [browser, platform, site] = await Promise.all([launchFirefox(), runPlatform(), startVendorSite()]);
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

    await press(there, NAMES_OF_BUTTONS[outcome as keyof typeof NAMES_OF_BUTTONS]);
    await page.waitForSelector(`signup-with-platform[state=${expected.state}]`, TIMEOUT);
    if (way === 'none') await there.waitForSelector('::-p-text(We couldn’t return you to)', TIMEOUT);
    else if (way !== 'redirect') await until(() => there.isClosed());
    const event = EVENTS[expected.state];
    await hears(page, ['signup-start', expected.code ? `${event} ${expected.code}` : String(event)]);
    assert.equal(page.url(), shop.url);
  } finally {
    await context.close();
  }
}

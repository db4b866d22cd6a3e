import type { Locator, Page } from '@playwright/test';
import {
  openPopup,
  openShop,
  received,
  shareButton,
  signUp,
  somebody,
  untilClosed,
  widgetOn,
} from './support/people.ts';
import { test as base, expect } from './support/test.ts';

/** An agreement takes a deliberate act (invariant 15). */

const WAIT_MS = 500;
const EARLY = 'One moment, then press again.';

/** In these tests, time passes only when the test says so. */
const test = base.extend({
  page: async ({ page }, use) => {
    await page.context().clock.install();
    await page.context().clock.pauseAt(Date.now() + 1_000);
    await use(page);
  },
});

/** Playwright lets every page believe that it has focus. From here on it has what a person's window has. */
async function withRealFocus(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
}

/** Presses the button as a hand does, whatever state it is in: a double click with some jitter. */
async function doubleClick(page: Page, button: Locator): Promise<void> {
  const box = await button.boundingBox();
  if (!box) throw new Error('the button is not to be seen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  for (const jitter of [0, 2]) {
    await page.mouse.move(x + jitter, y - jitter);
    await page.mouse.down({ clickCount: jitter ? 2 : 1 });
    await page.mouse.move(x + jitter + 1, y);
    await page.mouse.up({ clickCount: jitter ? 2 : 1 });
  }
}

/** A shop's popup at the consent page, behind the shop's window for ten seconds. */
async function consentBehind(page: Page, popup: Page): Promise<void> {
  await signUp(popup, somebody());
  await shareButton(popup).waitFor();
  for (const each of [popup, page]) await withRealFocus(each);
  await page.bringToFront();
  await expect.poll(() => popup.evaluate(() => document.hasFocus())).toBe(false);
  await popup.clock.runFor(10_000);
}

test('the consent page that waited behind another window takes neither a double click nor a double Enter', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await consentBehind(page, popup);
  const button = shareButton(popup);
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await button.focus();
  await popup.bringToFront();

  await doubleClick(popup, button);
  await popup.keyboard.press('Enter');
  await popup.keyboard.press('Enter');
  await popup.clock.runFor(WAIT_MS - 1);
  // It is answered, in sight and for screen readers.
  await expect(popup.getByRole('status').filter({ hasText: EARLY })).toBeVisible();
  // Moving about does not shorten it.
  await popup.mouse.move(10, 10, { steps: 20 });
  await doubleClick(popup, button);
  await popup.keyboard.press('Enter');
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText(/^Share your details/);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'waiting');

  await popup.clock.runFor(1);
  await expect(button).not.toHaveAttribute('aria-disabled');
  await Promise.all([untilClosed(popup), button.click()]);
  expect((await received(page, shop)).nonce).toBe(shop.nonce);
});

test('it works only while it has focus, however long it has been there', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await consentBehind(page, popup);
  const button = shareButton(popup);
  await doubleClick(popup, button);
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText(/^Share your details/);
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await popup.bringToFront();
  await popup.clock.runFor(WAIT_MS);
  await expect(button).not.toHaveAttribute('aria-disabled');
});

test('a key that is held down since the page before agrees to nothing', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signUp(popup, somebody());
  const button = shareButton(popup);
  await button.focus();
  await popup.clock.runFor(WAIT_MS);
  await expect(button).not.toHaveAttribute('aria-disabled');
  // A second `down` of a key is its repetition.
  await popup.evaluate(() => {
    addEventListener('keydown', (event) => {
      if (!event.repeat) event.preventDefault();
    });
  });
  for (let times = 0; times < 5; times += 1) await popup.keyboard.down('Enter');
  await popup.keyboard.up('Enter');
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText(/^Share your details/);
  expect(popup.isClosed()).toBe(false);
});

test('every agreement by one press waits, and what agrees to nothing does not', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  const persona = popup.getByRole('button', { name: 'Has shared with your shop before' });
  await expect(persona).toHaveAttribute('aria-disabled', 'true');
  await doubleClick(popup, persona);
  await popup.clock.runFor(100);
  await expect(popup.getByRole('status').filter({ hasText: EARLY })).toBeVisible();
  await expect(popup.getByRole('button', { name: 'Cancel' })).not.toHaveAttribute('aria-disabled');
  await popup.clock.runFor(WAIT_MS);
  await Promise.all([untilClosed(popup), persona.click()]);

  // Now a hostile page opens the window of somebody who has agreed before.
  const hostile = `/${crypto.randomUUID()}`;
  site.serve(hostile, () => ({
    html: '<!doctype html><title>A game</title>',
    headers: { 'referrer-policy': 'no-referrer' },
  }));
  await page.goto(site.origin + hostile);
  const query = new URLSearchParams({ client_id: shop.clientId, origin: site.origin, state: 's', nonce: 'n' });
  const [window] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((url) => void open(url), `${platform.url}/popup?${query}`),
  ]);
  const go = window.getByRole('button', { name: /^Continue as / });
  await expect(go).toHaveAttribute('aria-disabled', 'true');
  await doubleClick(window, go);
  await expect(window.getByRole('heading', { level: 1 })).toHaveText(/^Continue to /);
  await window.clock.runFor(WAIT_MS);
  await Promise.all([untilClosed(window), go.click()]);
});

test('the form works without script', async ({ browser, platform, site }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const shop = await openShop({ platform, site });
    const popup = await context.newPage();
    const query = new URLSearchParams({ client_id: shop.clientId, origin: site.origin, state: 's', nonce: 'n' });
    await popup.goto(`${platform.url}/popup?${query}`);
    await popup.getByRole('button', { name: 'Has every detail filled in' }).click();
    await expect(shareButton(popup)).not.toHaveAttribute('aria-disabled');
    await shareButton(popup).click();
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(/^We couldn’t return you to /);
  } finally {
    await context.close();
  }
});

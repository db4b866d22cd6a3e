import type { Page } from '@playwright/test';
import {
  openPopup,
  openShop,
  signIn,
  somebodyWithAccount,
  untilClosed,
  watchEvents,
  widgetOn,
} from './support/people.ts';
import { expect, test } from './support/test.ts';

// Escape cancels in a window that was opened for a sign-up, where nobody has typed anything, and nowhere else.

/** A press that changed nothing: after it, the same page still answers. */
async function pressInVain(popup: Page): Promise<void> {
  const requests: string[] = [];
  const note = (request: { method(): string }) => requests.push(request.method());
  popup.on('request', note);
  await popup.keyboard.press('Escape');
  // Whatever the press had started would have left the page before this is answered.
  await popup.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  popup.off('request', note);
  expect(requests).toEqual([]);
  expect(popup.isClosed()).toBe(false);
}

test('Escape cancels where nothing was typed, and not where something was', async ({ page, platform, site }) => {
  const events = await watchEvents(page);
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  const email = popup.getByRole('textbox', { name: 'Email' });

  await email.fill('ada@example.com');
  await pressInVain(popup);
  await email.fill('');
  const closed = untilClosed(popup);
  await popup.keyboard.press('Escape');
  await closed;
  await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
  expect(await events()).toEqual(['signup-start', 'signup-cancel']);
});

test('Escape cancels on the consent page, and not while a list or an input method has the key', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await popup.getByRole('button', { name: /^Share and continue/ }).waitFor();

  // An input method and a list close themselves by the key; another script may have used it.
  await popup.evaluate(() => {
    const select = document.createElement('select');
    select.id = 'list';
    document.querySelector('main')?.append(select);
    const press = (target: EventTarget, init: KeyboardEventInit, isUsed = false) => {
      const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, ...init });
      if (isUsed) event.preventDefault();
      target.dispatchEvent(event);
    };
    press(document.body, { isComposing: true });
    press(document.body, { repeat: true });
    press(document.body, {}, true);
    press(select, {});
  });
  await popup.locator('#list').focus();
  await pressInVain(popup);

  await popup.locator('#list').evaluate((list) => list.remove());
  const closed = untilClosed(popup);
  await popup.keyboard.press('Escape');
  await closed;
  await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
});

test('Escape does nothing in a window that was not opened for it', async ({ page, platform, site }) => {
  const { clientId } = await platform.createApp({ origins: [site.origin] });
  const request = { client_id: clientId, origin: site.origin, state: 's', nonce: 'n' };
  // By its address: the popup's page, without anybody who waits for it.
  await page.goto(`${platform.url}/popup?${new URLSearchParams(request)}`);
  await page.getByRole('button', { name: 'Cancel' }).waitFor();
  await pressInVain(page);

  // The shop's own window goes there, and that window happens to have been opened by another page.
  const shop = await openShop(
    { platform, site },
    { app: { redirectUris: [`${site.origin}/back`] }, attributes: { mode: 'redirect', 'redirect-uri': '/back' } },
  );
  await page.goto(shop.url);
  const [opened] = await Promise.all([page.waitForEvent('popup'), page.evaluate((url) => void open(url), shop.url)]);
  await widgetOn(opened).button.click();
  await opened.getByRole('button', { name: 'Cancel' }).waitFor();
  expect(await opened.evaluate(() => opener !== null)).toBe(true);
  await pressInVain(opened);
});

test('a window that could not hand anything over says so in its title', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await popup.addInitScript(() => {
    // As a Cross-Origin-Opener-Policy does.
    Object.defineProperty(window, 'opener', { value: null });
  });
  await signIn(popup, await somebodyWithAccount(platform));
  await popup.getByRole('button', { name: /^Share and continue/ }).click();
  await expect(popup).toHaveTitle(/^Error: Nothing was sent · /);
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText(/^We couldn’t return you to /);
});

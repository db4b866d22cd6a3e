import { openPopup, openShop, plainPage, share, signIn, somebodyWithAccount, widgetOn } from './support/people.ts';
import { expect, test } from './support/test.ts';

test('works in a page that is XML', async ({ page, platform, site }) => {
  const shop = await openShop(
    { platform, site },
    {
      headers: { 'content-type': 'application/xhtml+xml; charset=utf-8' },
      // Chromium runs no module script in such a page, but it imports one (crbug.com/717643).
      html: (tag) =>
        `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head><title>A shop</title><script>import('${platform.url}/widget.js')</script></head>
<body><form>${tag}<input name="email" autocomplete="email" /></form></body></html>`,
    },
  );
  const broken: string[] = [];
  page.on('pageerror', (error) => broken.push(error.message));
  await page.goto(shop.url);
  const ada = await somebodyWithAccount(platform);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await share(popup);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');
  // Playwright knows an input by its name in capitals, which it does not have here.
  const filled = () => page.locator('[name=email]').evaluate((input) => (input as HTMLInputElement).value);
  await expect.poll(filled).toBe(ada.email);
  expect(broken).toEqual([]);
});

test('what it says does not go stale where the browser has translated the page', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { html: (tag, script) => plainPage(tag, script) });
  await page.goto(shop.url);
  /** As Chromium's translation does: each text becomes two font elements with another text. */
  const translate = () =>
    widgetOn(page).element.evaluate((widget) => {
      const walker = document.createTreeWalker(widget.shadowRoot as ShadowRoot, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts.filter(({ data }) => data.trim() !== '')) {
        const outer = document.createElement('font');
        const inner = outer.appendChild(document.createElement('font'));
        inner.textContent = `«${text.data}»`;
        text.replaceWith(outer);
      }
    });
  const { button, status, person } = widgetOn(page);
  await translate();
  const popup = await openPopup(page);
  await expect(status).toHaveText('Finish in the window that just opened.');
  await expect(button).toHaveText('Show the open window');
  await translate();
  await expect(status).toHaveText('«Finish in the window that just opened.»');
  await popup.getByRole('button', { name: 'Cancel' }).click();
  await expect(status).toHaveText('Cancelled. Nothing was shared.');
  await expect(button).toHaveText('Sign up with Platform');

  await translate();
  const again = await openPopup(page);
  await signIn(again, await somebodyWithAccount(platform));
  await share(again);
  await expect(status).toHaveText('Done. Shared: name, email');
  await translate();
  await expect(person).toContainText('«Ada Byron»');
  const third = await openPopup(page);
  // A window that is closed before it has said anything could as well have been cut off.
  await expect(third.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await third.close();
  await expect(status).toHaveText('Cancelled. Nothing was shared.');
  await expect(button).toHaveText('Sign up with Platform');
});

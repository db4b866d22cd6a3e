import type { Page } from '@playwright/test';
import { fillInSignIn, openPopup, openShop, share, somebodyWithAccount } from './support/people.ts';
import { expect, test } from './support/test.ts';

/** Keeps the page where it is, as a server does that takes long to answer. @returns how many forms would have been sent */
async function holdForms(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counting = window as unknown as { sent: number };
    counting.sent = 0;
    // After the page's own listener, which refuses a second press.
    addEventListener('submit', (event) => {
      if (!event.defaultPrevented) counting.sent += 1;
      event.preventDefault();
    });
  });
  return () => page.evaluate(() => (window as unknown as { sent: number }).sent);
}

const form = (page: Page) => page.locator('form[action$="/sign-in"]');
const saying = (page: Page, text: string) => page.locator('[aria-live]').filter({ hasText: text });

test('while a form of the popup is sent, it says so, and takes no second press', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await fillInSignIn(popup, await somebodyWithAccount(platform));
  const countSent = await holdForms(popup);
  const button = popup.getByRole('button', { name: 'Sign in', exact: true });
  await expect(form(popup)).not.toHaveAttribute('aria-busy');
  await button.click();
  await expect(form(popup)).toHaveAttribute('aria-busy', 'true');
  await expect(saying(popup, 'One moment…')).toHaveCount(1);
  await popup.getByLabel('Password').press('Enter');
  await button.dispatchEvent('click');
  await popup.getByRole('button', { name: 'Cancel' }).click();
  expect(await countSent()).toBe(1);

  // As on the way back from the back/forward cache, where the page is as it was left.
  await popup.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await expect(form(popup)).not.toHaveAttribute('aria-busy');
  await expect(saying(popup, 'One moment…')).toHaveCount(0);
  await button.click();
  await expect(saying(popup, 'One moment…')).toHaveCount(1);
  expect(await countSent()).toBe(2);
  await popup.reload();
  await fillInSignIn(popup, await somebodyWithAccount(platform));
  await button.click();
  await share(popup);
});

test('a form of the portal does the same, in the language of the page', async ({ page, platform }) => {
  await page.goto(`${platform.url}/sandbox/account/sign-in?language=nl`);
  const countSent = await holdForms(page);
  await page.getByLabel('E-mailadres').fill('ada@example.com');
  await page.getByLabel('Wachtwoord').fill('an engine of difference');
  await page.getByLabel('Wachtwoord').press('Enter');
  await expect(form(page)).toHaveAttribute('aria-busy', 'true');
  await expect(saying(page, 'Een ogenblik…')).toHaveCount(1);
  await page.getByLabel('Wachtwoord').press('Enter');
  expect(await countSent()).toBe(1);
});

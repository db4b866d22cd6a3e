import type { Page } from '@playwright/test';
import {
  cancel,
  closesAfter,
  openPopup,
  openShop,
  received,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  watchPopupRequests,
  widgetOn,
} from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

const EVERYTHING = { fields: 'name email phone_number address locale' };

/** Clicks the test person with this trait. */
function pick(popup: Page, trait: string): Promise<void> {
  return popup.getByRole('button', { name: trait }).click();
}

async function visit(page: Page, at: { platform: RunningPlatform; site: VendorSite }, attributes = EVERYTHING) {
  const shop = await openShop(at, { attributes });
  await page.goto(shop.url);
  return { shop, popup: await openPopup(page) };
}

test('the complete person has something in every field', async ({ page, platform, site }) => {
  const { shop, popup } = await visit(page, { platform, site });
  await pick(popup, 'Has every detail filled in');
  await share(popup);
  expect(await received(page, shop)).toMatchObject({
    is_new_user: true,
    name: 'Jane Doe',
    given_name: 'Jane',
    family_name: 'Doe',
    email: 'jane.doe@example.com',
    email_verified: true,
    phone_number: '+31 20 555 0101',
    address: { locality: 'Amsterdam', country: 'NL' },
    locale: 'en',
  });
});

test('the newcomer is asked for a name, and is new to the same shop every time', async ({ page, platform, site }) => {
  const { shop, popup } = await visit(page, { platform, site });
  await pick(popup, 'Is new, with nothing but an email address');
  await popup.getByLabel('First name').fill('Noa');
  await share(popup);
  const first = await received(page, shop);
  expect(first).toMatchObject({ name: 'Noa', is_new_user: true, email_verified: true });
  expect(first).not.toHaveProperty('phone_number');
  expect(first).not.toHaveProperty('address');

  const again = await openPopup(page);
  await pick(again, 'Is new, with nothing but an email address');
  await expect(again.getByLabel('First name')).toHaveValue('');
  await again.getByLabel('First name').fill('Noor');
  await share(again);
  await expect(widgetOn(page).element.locator('dl').getByText('Noor')).toBeVisible();
  const second = await received(page, shop);
  expect(second).toMatchObject({ name: 'Noor', is_new_user: true });
  expect(second.sub).not.toBe(first.sub);
});

test('the returning person passes without being asked', async ({ page, platform, site }) => {
  const { shop, popup } = await visit(page, { platform, site });
  const requests = watchPopupRequests(page, platform);
  await closesAfter(popup, () => pick(popup, 'Has shared with your shop before'));
  expect(await received(page, shop)).toMatchObject({ name: 'Remy Laurent', is_new_user: false });
  expect(requests.filter((request) => request.startsWith('GET') && request.includes('/interaction/'))).toEqual([]);
});

test('a very long name arrives complete, and hides nothing else', async ({ page, platform, site }) => {
  const { shop, popup } = await visit(page, { platform, site });
  await popup.setViewportSize({ width: 360, height: 640 });
  await pick(popup, 'Has a very long name');
  await expect(shareButton(popup)).toBeInViewport();
  expect(await popup.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await share(popup);
  const { name } = await received(page, shop);
  expect(name).toBe('Maximiliane-Theodora Wilhelmina Antonia von und zu Hohenlohe-Waldenburg-Schillingsfürst-Kaunitz');
});

test('a right-to-left name arrives unchanged, in a page of either direction', async ({ page, platform, site }) => {
  const { shop, popup } = await visit(page, { platform, site });
  await pick(popup, 'Writes from right to left');
  await expect(popup.getByRole('list').getByText('ليلى الخطيب')).toBeVisible();
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ name: 'ليلى الخطيب', address: { locality: 'القاهرة' } });
  await expect(widgetOn(page).element.locator('dl').getByText('ليلى الخطيب')).toBeVisible();
});

test('an unconfirmed address is marked before and after it is shared', async ({ page, platform, site }) => {
  const { shop, popup } = await visit(page, { platform, site });
  await pick(popup, 'Hasn’t confirmed the email address');
  await expect(popup.getByText('Not confirmed yet')).toBeVisible();
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ email: 'uma.rao@example.com', email_verified: false });
  await expect(widgetOn(page).element.getByText('not confirmed')).toBeVisible();
});

test('the person who declines leaves the page as it was', async ({ page, platform, site }) => {
  const { popup } = await visit(page, { platform, site });
  await closesAfter(popup, () => pick(popup, 'Says no: your page gets access_denied'));
  const { element, status } = widgetOn(page);
  await expect(element).toHaveAttribute('state', 'cancelled');
  await expect(status).toHaveText('Cancelled. Nothing was shared.');
});

test('the blocked person is told so, and can leave or use another account', async ({ page, platform, site }) => {
  const { shop, popup } = await visit(page, { platform, site });
  await pick(popup, 'Has a blocked account');
  await expect(popup.getByRole('alert')).toHaveText('You can’t sign in with this account. Ask Platform for help.');
  await cancel(popup);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');

  const again = await openPopup(page);
  await pick(again, 'Has a blocked account');
  await expect(again.getByRole('alert')).toBeVisible();
  await signIn(again, await somebodyWithAccount(platform));
  await share(again);
  expect(await received(page, shop)).toMatchObject({ name: 'Ada Byron' });
});

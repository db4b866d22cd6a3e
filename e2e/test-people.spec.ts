import type { Page } from '@playwright/test';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import { openPopup, openShop, received, share } from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

const ASKED = { fields: 'name email phone_number' };
const pickJane = (popup: Page) => popup.getByRole('button', { name: 'Jane Doe' }).click();

/** Opens the account pages of the sandbox. */
async function openAccount(page: Page, platform: RunningPlatform, path = ''): Promise<void> {
  await page.goto(`${platform.url}/sandbox/account${path}`);
}

/** Shows what people can do with their account. @returns by which id the shop knew Jane */
async function showEverything(
  page: Page,
  {
    platform,
    shop,
    storeUrl,
  }: { platform: RunningPlatform; shop: Awaited<ReturnType<typeof openShop>>; storeUrl: string },
): Promise<string> {
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await pickJane(popup);
  await share(popup);
  const { sub } = await received(page, shop);
  await page.goto(`${storeUrl}/register`);
  const atStore = await openPopup(page, page.getByRole('button', { name: 'Sign up with Platform' }));
  await share(atStore);

  await openAccount(page, platform);
  await expect(page.getByText('This test person is yours alone')).toBeVisible();
  await expectAccessible(page, TAB_ROOM);
  await page.setViewportSize({ width: 1100, height: 800 });
  await page.getByRole('navigation').getByRole('link', { name: 'Connected shops' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Fern & Field' }).click();
  await page.getByRole('button', { name: /^Stop sharing.*Phone/ }).click();
  await expect(page.getByRole('status').first()).toContainText('You no longer share your phone number with');
  await page.getByRole('link', { name: 'Disconnect' }).click();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('status').first()).toContainText('The shop has been disconnected.');

  await page.getByRole('navigation').getByRole('link', { name: 'Your data' }).click();
  await page.getByRole('link', { name: 'Delete my account' }).click();
  await page.getByRole('link', { name: 'Continue' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await expect(page.getByRole('heading', { name: 'Your account is about to be deleted' })).toBeVisible();
  await expectAccessible(page, TAB_ROOM);
  await page.setViewportSize({ width: 1100, height: 800 });
  return sub;
}

test('in front of a customer: shops, stop sharing, delete me, start over; another browser’s Jane stays', async ({
  browser,
  page,
  platform,
  site,
  store,
}) => {
  const shop = await openShop({ platform, site }, { attributes: ASKED });
  const colleague = await (await browser.newContext()).newPage();
  await colleague.goto(shop.url);
  const theirs = await openPopup(colleague);
  await pickJane(theirs);
  await share(theirs);
  const known = await received(colleague, shop);

  const sub = await showEverything(page, { platform, shop, storeUrl: store.url });
  expect(sub).not.toBe(known.sub);

  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(page.getByRole('status').first()).toContainText('You’ve started over.');
  await expectAccessible(page, TAB_ROOM);
  await page.goto(shop.url);
  const again = await openPopup(page);
  await pickJane(again);
  await share(again);
  const fresh = await received(page, shop);
  expect(fresh).toMatchObject({ is_new_user: true, name: 'Jane Doe', email: 'jane.doe@example.com' });
  expect(fresh.sub).not.toBe(sub);

  await openAccount(colleague, platform, '/shops');
  await expect(colleague.getByRole('main').getByRole('link')).toHaveCount(1);
  await colleague.goto(shop.url);
  await openPopup(colleague);
  expect(await received(colleague, shop)).toMatchObject({ sub: known.sub, is_new_user: false });
  await colleague.context().close();
});

test('the popup starts over, too', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { attributes: ASKED });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await pickJane(popup);
  await share(popup);
  const { sub } = await received(page, shop);
  await openAccount(page, platform);
  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.goto(shop.url);
  const second = await openPopup(page);
  await expect(second.getByText('They’re yours alone in this browser, for a day.')).toBeVisible();
  await second.getByRole('button', { name: 'Start over' }).click();
  await expect(second.getByText('You’ve started over.')).toBeVisible();
  await expectAccessible(second);
  await pickJane(second);
  await share(second);
  expect(await received(page, shop)).not.toMatchObject({ sub });
});

import { hashPassword } from '../server/domain/accounts/passwords.ts';
import { expectAccessible } from './support/accessibility.ts';
import { openPopup, openShop, received, share, signIn, somebodyWithAccount } from './support/people.ts';
import { expect, test } from './support/test.ts';

const BREACHED = 'ljcnjtdcrbq';

test('somebody with a breached password is asked for another, later or now, and signs up', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  const { accounts } = platform.storage.realm('sandbox');
  await accounts.setPasswordHash(ada.account.id, await hashPassword(BREACHED));
  await page.goto(shop.url);

  const first = await openPopup(page);
  await signIn(first, { ...ada, password: BREACHED });
  await expect(first.getByRole('heading', { level: 1 })).toHaveText('Choose a new password');
  await expect(first.getByLabel('New password')).toBeFocused();
  await expectAccessible(first);
  await first.getByLabel('New password').fill(BREACHED);
  await first.getByRole('button', { name: 'Save and continue' }).click();
  await expect(first.getByText('This password is on lists of stolen passwords. Choose another.')).toBeVisible();
  await expectAccessible(first);
  await first.getByRole('button', { name: 'Not now' }).click();
  await share(first);
  expect(await received(page, shop)).toMatchObject({ email: ada.email });

  // A month later, in another browser.
  await accounts.postponeNewPassword(ada.account.id, new Date());
  await page.context().clearCookies();
  await page.goto(shop.url);
  const second = await openPopup(page);
  await signIn(second, { ...ada, password: BREACHED });
  await second.getByLabel('New password').fill(ada.password);
  await second.getByRole('button', { name: 'Save and continue' }).click();
  expect(await received(page, shop)).toMatchObject({ email: ada.email });
  expect((await accounts.find(ada.account.id))?.newPasswordDueAt).toBeUndefined();
});

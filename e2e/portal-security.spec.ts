import type { Page } from '@playwright/test';
import { makeStale } from '../server/portal/testing/resident.ts';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import {
  mailTo,
  openPopup,
  openShop,
  received,
  share,
  shareButton,
  signIn,
  signUp,
  somebody,
  somebodyWithAccount,
} from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

const NEW_PASSWORD = 'a difference of engines';

/** The link in the newest mail to an address. */
async function linkMailedTo(email: string, platform: RunningPlatform): Promise<string> {
  const [mail] = await mailTo(email, platform);
  return /http\S+/.exec(mail?.text ?? '')?.[0] ?? '';
}

const subjectsTo = async (email: string, platform: RunningPlatform) =>
  (await mailTo(email, platform)).map(({ subject }) => subject);

/** Checks with axe and at several sizes of the window, and restores the size of a tab. */
async function lookAt(page: Page): Promise<void> {
  await expectAccessible(page, TAB_ROOM);
  await page.setViewportSize({ width: 1100, height: 800 });
}

test('somebody signs up, confirms the address, changes it, and changes the password', async ({
  browser,
  page,
  platform,
}) => {
  const ada = somebody();
  await page.goto(`${platform.url}/account/security`);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await lookAt(page);
  await signUp(page, ada);
  await expect(page.getByRole('heading', { level: 1, name: 'Sign-in and security' })).toBeVisible();
  await expect(page.getByText('Not confirmed', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Send the link again' }).click();
  await expect(page.getByRole('status')).toContainText('We sent you the link again.');
  await page.goto(await linkMailedTo(ada.email, platform));
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.goto(`${platform.url}/account/security`);
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible();

  // The new address is used after the button behind its link was pressed.
  const newEmail = somebody().email;
  await page.getByRole('link', { name: 'Change address' }).click();
  await lookAt(page);
  await page.getByLabel('New email address').fill(newEmail);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText(`the link we sent to ${newEmail}`)).toBeVisible();
  await lookAt(page);
  await page.goto(await linkMailedTo(newEmail, platform));
  await lookAt(page);
  await page.goto(`${platform.url}/account/security`);
  await expect(page.getByText(ada.email)).toBeVisible();
  await page.goto(await linkMailedTo(newEmail, platform));
  await page.getByRole('button', { name: 'Use this address' }).click();
  await expect(page.getByRole('status')).toContainText('Your email address has been changed.');
  await expect(page.getByText(newEmail)).toBeVisible();
  for (const to of [ada.email, newEmail]) {
    expect(await subjectsTo(to, platform)).toContain('Your Platform email address was changed');
  }

  // The new password signs out her other browser, but not this one.
  const elsewhere = await (await browser.newContext()).newPage();
  await openPortal(elsewhere, platform, { ...ada, email: newEmail });
  await page.getByRole('link', { name: 'Change password' }).click();
  await lookAt(page);
  await page.getByLabel('New password').fill('password1');
  await page.getByRole('button', { name: 'Save password' }).click();
  await expect(page.getByText('it’s easy to guess')).toBeVisible();
  await page.getByLabel('New password').fill(NEW_PASSWORD);
  await expect(page.getByRole('checkbox', { name: 'Sign out everywhere else' })).toBeChecked();
  await page.getByRole('button', { name: 'Save password' }).click();
  await expect(page.getByRole('status')).toContainText('you’re signed out everywhere else');
  expect(await subjectsTo(newEmail, platform)).toContain('Your Platform password was changed');
  await elsewhere.reload();
  await expect(elsewhere).toHaveURL(/\/account\/sign-in/);
  await elsewhere.context().close();
});

test('a forgotten password is reset by email at the portal, and works in a popup that was open', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const popup = await openPopup(page);
  const tab = await page.context().newPage();
  await tab.goto(`${platform.url}/sandbox/account/forgot-password`);
  await lookAt(tab);
  await tab.getByLabel('Email').fill(ada.email);
  await tab.getByRole('button', { name: 'Send the link' }).click();
  await expect(tab.getByRole('heading', { name: 'Check your email' })).toBeVisible();
  await lookAt(tab);

  const link = await linkMailedTo(ada.email, platform);
  // An email scanner opens every link it finds.
  expect((await tab.request.get(link)).status()).toBe(200);
  await tab.goto(link);
  await lookAt(tab);
  await tab.getByLabel('New password').fill(NEW_PASSWORD);
  await tab.getByRole('button', { name: 'Save new password' }).click();
  await expect(tab.getByRole('status').first()).toContainText('Your new password has been set.');
  expect(await subjectsTo(ada.email, platform)).toContain('Your Platform password was reset');
  await tab.goto(link);
  await expect(tab.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();

  // The popup is still usable.
  await signIn(popup, { email: ada.email, password: NEW_PASSWORD });
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ email: ada.email });
});

test('a person signed in at the portal is signed in at the popup, and the other way round', async ({
  browser,
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  await page.goto(`${platform.url}/sandbox/account/sign-in`);
  await signIn(page, ada);
  await expect(page.getByRole('heading', { name: 'Hello, Ada' })).toBeVisible();
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await expect(shareButton(popup)).toBeVisible();
  await expect(popup.getByText(ada.email).first()).toBeVisible();
  await share(popup);

  // Signing out at the portal signs out of the popup, too.
  await page.goto(`${platform.url}/sandbox/account`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(shop.url);
  const second = await openPopup(page);
  await expect(second.getByLabel('Password')).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await other.goto(shop.url);
  const third = await openPopup(other);
  await signIn(third, ada);
  await received(other, shop);
  await other.goto(`${platform.url}/sandbox/account/security`);
  await expect(other.getByText(ada.email)).toBeVisible();
  await other.context().close();
});

test('sensitive changes ask for the password again, which no test person has', async ({ page, platform }) => {
  const ada = await accountHolder(platform);
  await openPortal(page, platform, ada, '/security');
  await makeStale(platform, ada.account.id);
  await page.getByRole('link', { name: 'Change password' }).click();
  await expect(page.getByRole('heading', { name: 'Confirm it’s you' })).toBeVisible();
  await lookAt(page);
  await page.getByLabel('Password').fill('not it');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert').first()).toContainText('don’t match');
  await page.getByLabel('Password').fill(ada.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/account\/security\/password$/);

  await page.goto(`${platform.url}/sandbox/account/sign-in`);
  await lookAt(page);
  await page.getByRole('button', { name: /^Bo Blocked/ }).click();
  await expect(page.getByRole('alert').first()).toContainText('You can’t sign in with this account');
  await page.getByRole('button', { name: /^Dmitri No/ }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Sign-in and security' }).click();
  const { accounts } = platform.storage.realm('sandbox');
  const [dmitri] = await accounts.list({ email: 'dmitri.no@example.com', limit: 1 });
  await makeStale(platform, dmitri?.id ?? '');
  await page.getByRole('link', { name: 'Set a password' }).click();
  await expect(page).toHaveURL(/\/sandbox\/account\/security\/password$/);
});

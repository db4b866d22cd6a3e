import type { Page } from '@playwright/test';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import {
  cancel,
  closesAfter,
  mailTo,
  openPopup,
  openShop,
  received,
  type Shop,
  share,
  shareButton,
  signIn,
  widgetOn,
} from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { expect, test } from './support/test.ts';
import { addVirtualAuthenticator, disableAutofill, type Passkeys } from './support/virtual-authenticator.ts';

const OFFER = { name: 'Next time, without a password' };

test('a passkey is added in the portal, named, used to sign in, and removed', async ({ page, context, platform }) => {
  const person = await accountHolder(platform);
  const device = await addVirtualAuthenticator(page);
  const row = page.getByRole('listitem').filter({ hasText: 'Synced across your devices' });
  const signOut = () => page.getByRole('button', { name: 'Sign out' }).click();

  await test.step('add', async () => {
    await openPortal(page, platform, person, '/security');
    await page.getByRole('link', { name: 'Add a passkey' }).click();
    await expect(page.getByLabel('Name')).toHaveValue('Linux');
    await expectAccessible(page, TAB_ROOM);
    // A person who dismisses the browser's question is told so, and can try again.
    await device.setUserVerified(false);
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(page.getByText('No passkey was created')).toBeVisible();
    await device.setUserVerified(true);
    await page.getByLabel('Name').fill('Work <b>laptop</b>');
    await page.getByLabel('Name').press('Enter');
    await expect(page.getByText('Your passkey has been added.')).toBeVisible();
    await expect(row).toContainText('Work <b>laptop</b>');
    await expect(row).toContainText('Not used yet');
    await expectAccessible(page, TAB_ROOM);
    await expect
      .poll(() => mailTo(person.email, platform).then(([mail]) => mail?.text))
      .toMatch(
        // No mail program makes markup of it.
        /Work <b>laptop<\/\u200bb>/,
      );
    expect(await device.passkeys()).toHaveLength(1);
  });

  await test.step('one on each device', async () => {
    await page.getByRole('link', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(page.getByText('This device already has a passkey for your account.')).toBeVisible();
    await page.goBack();
  });

  await test.step('rename', async () => {
    await page.getByRole('link', { name: 'Rename Work' }).click();
    await page.getByLabel('Name').fill(' Laptop ');
    await expectAccessible(page, TAB_ROOM);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Your passkey has been renamed.')).toBeVisible();
    await expect(row.getByRole('link', { name: 'Rename Laptop', exact: true })).toBeVisible();
  });

  await test.step('sign in by picking it where the address is filled in', async () => {
    // The simulated device answers at once, so there is nothing to press.
    await signOut();
    await page.waitForURL((url) => url.pathname === '/account');
    await page.goto(`${platform.url}/account/security`);
    await expect(row).toContainText('Last used');
  });

  await test.step('sign in by the button', async () => {
    const window = await context.newPage();
    await window.addInitScript(disableAutofill);
    const other = await addVirtualAuthenticator(window, await device.passkeys());
    await context.clearCookies();
    await window.goto(`${platform.url}/account/security`);
    await expectAccessible(window, TAB_ROOM);
    await other.setUserVerified(false);
    await window.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(window.getByText('No passkey was used')).toBeVisible();
    await other.setUserVerified(true);
    await window.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(window.getByRole('link', { name: 'Add a passkey' })).toBeVisible();

    // A passkey can also confirm who is there.
    await window.goto(`${platform.url}/account/confirm?continue=/account/profile`);
    await window.getByRole('button', { name: 'Use a passkey' }).click();
    await window.waitForURL((url) => url.pathname === '/account/profile');
    await window.close();
  });

  await test.step('remove', async () => {
    await page.goto(`${platform.url}/account/security`);
    await page.getByRole('link', { name: 'Remove Laptop' }).click();
    await expectAccessible(page, TAB_ROOM);
    await page.getByRole('button', { name: 'Remove passkey' }).click();
    await expect(page.getByText('The passkey has been removed.')).toBeVisible();
    await expect(row).toHaveCount(0);
    // The device still has the passkey and offers it, but it does not work.
    await page.addInitScript(disableAutofill);
    await signOut();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(page.getByText('This passkey didn’t work')).toBeVisible();
  });
});

test('the popup offers a passkey after a password, once, and signs in with it from then on', async ({
  page,
  context,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site }, { app: { environment: 'production' } });
  const person = await accountHolder(platform);

  const other = await accountHolder(platform);
  let passkeys: Passkeys = [];

  await test.step('not now, and no more for a month', async () => {
    const { popup } = await openPopupWithDevice(page, shop);
    await signIn(popup, person);
    await expect(popup.getByRole('heading', OFFER)).toBeVisible();
    await expectAccessible(popup);
    await popup.reload();
    await popup.getByRole('button', { name: 'Not now' }).click();
    await share(popup);
    expect((await received(page, shop)).email).toBe(person.email);

    await context.clearCookies();
    const { popup: again } = await openPopupWithDevice(page, shop);
    await closesAfter(again, () => signIn(again, person));
    expect((await received(page, shop)).email).toBe(person.email);
  });

  await test.step('not at all: cancelled', async () => {
    await context.clearCookies();
    const { popup } = await openPopupWithDevice(page, shop);
    await signIn(popup, await accountHolder(platform));
    await expect(popup.getByRole('heading', OFFER)).toBeVisible();
    await cancel(popup);
    await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
  });

  await test.step('yes', async () => {
    await context.clearCookies();
    const { popup, device } = await openPopupWithDevice(page, shop);
    await signIn(popup, other);
    await popup.getByRole('button', { name: 'Create a passkey' }).click();
    await expect(shareButton(popup)).toBeVisible();
    passkeys = await device.passkeys();
    await share(popup);
    await expect.poll(() => mailTo(other.email, platform)).toHaveLength(1);
  });

  await test.step('signed in by picking it where the address is filled in', async () => {
    await context.clearCookies();
    const popup = await openShopAndPopup(page, shop);
    await addVirtualAuthenticator(popup, passkeys);
    await closesAfter(popup, () => popup.reload());
    expect((await received(page, shop)).email).toBe(other.email);
  });

  await test.step('signed in by the button', async () => {
    await context.clearCookies();
    await context.addInitScript(disableAutofill);
    const { popup } = await openPopupWithDevice(page, shop, passkeys);
    await expectAccessible(popup);
    // The counter of this copy is behind that of the other one, so one of them may be stolen.
    await popup.getByRole('button', { name: 'Use a passkey' }).click();
    await expect(popup.getByText('This passkey didn’t work')).toBeVisible();
    await closesAfter(popup, () => popup.getByRole('button', { name: 'Use a passkey' }).click());
    expect((await received(page, shop)).email).toBe(other.email);
  });
});

async function openShopAndPopup(page: Page, shop: Shop): Promise<Page> {
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await popup.getByLabel('Email').waitFor();
  return popup;
}

/** A popup sees the device only after its page was reloaded. */
async function openPopupWithDevice(page: Page, shop: Shop, passkeys: Passkeys = []) {
  const popup = await openShopAndPopup(page, shop);
  const device = await addVirtualAuthenticator(popup, passkeys);
  await popup.reload();
  return { popup, device };
}

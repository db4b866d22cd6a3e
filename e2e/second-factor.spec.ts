import type { Page } from '@playwright/test';
import { giveSecondFactor, type TestApp } from '../server/testing/second-factor.ts';
import { expectAccessible } from './support/accessibility.ts';
import { openPopup, openShop, received, share, signIn, somebodyWithAccount } from './support/people.ts';
import { expect, test } from './support/test.ts';
import { addVirtualAuthenticator, disableAutofill } from './support/virtual-authenticator.ts';

const HEADING = 'Enter the code from your app';

async function enterCode(popup: Page, app: TestApp): Promise<void> {
  await popup.getByLabel('Code', { exact: true }).fill(await app.code());
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
}

const heading = (popup: Page) => popup.getByRole('heading', { level: 1 });

test('somebody with a second factor types a code of their app, and is not asked there again', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  const app = await giveSecondFactor(platform, ada.account.id, 'sandbox');
  await page.goto(shop.url);

  const first = await openPopup(page);
  await signIn(first, ada);
  await expect(heading(first)).toHaveText(HEADING);
  const box = first.getByLabel('Code', { exact: true });
  await expect(box).toBeFocused();
  await expect(box).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(box).toHaveAttribute('inputmode', 'numeric');
  const trust = first.getByLabel('Don’t ask again on this browser');
  await expect(trust).not.toBeChecked();
  await expectAccessible(first);
  await box.fill('000 000');
  await box.press('Enter');
  await expect(first.getByRole('alert')).toContainText('This isn’t the code.');
  await expect(box).toBeFocused();
  await expectAccessible(first);
  await first.reload();
  await trust.check();
  await enterCode(first, app);
  await share(first);
  expect(await received(page, shop)).toMatchObject({ email: ada.email });

  // The session is over, and the browser is the same.
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.context().addCookies(cookies.filter(({ name }) => !name.includes('-session')));
  await page.goto(shop.url);
  const second = await openPopup(page);
  await signIn(second, ada);
  expect(await received(page, shop)).toMatchObject({ email: ada.email });

  // Another browser.
  await page.context().clearCookies();
  await page.goto(shop.url);
  const third = await openPopup(page);
  await signIn(third, ada);
  await expect(heading(third)).toHaveText(HEADING);
});

test('somebody who has lost their app uses a recovery code instead', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  const app = await giveSecondFactor(platform, ada.account.id, 'sandbox');
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await popup.getByRole('link', { name: 'Use a recovery code instead' }).click();
  await expect(heading(popup)).toHaveText('Enter a recovery code');
  await expect(popup.getByLabel('Recovery code')).toBeFocused();
  await expectAccessible(popup);
  await popup.getByRole('link', { name: 'Use your authenticator app instead' }).click();
  await expect(heading(popup)).toHaveText(HEADING);
  await popup.goBack();
  await popup.getByLabel('Recovery code').fill('wrong');
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(popup.getByRole('alert')).toContainText('A recovery code has 16 letters and digits.');
  await popup.getByLabel('Recovery code').fill((app.recoveryCodes[0] ?? '').toLowerCase());
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ email: ada.email });
});

test('a passkey takes the place of the code', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const first = await openPopup(page);
  await expect(heading(first)).toHaveText('Sign in');
  const authenticator = await addVirtualAuthenticator(first);
  await first.reload();
  await signIn(first, ada);
  await first.getByRole('button', { name: 'Create a passkey' }).click();
  await expect(heading(first)).toHaveText(/^Share your details/);
  const passkeys = await authenticator.passkeys();
  await share(first);
  await received(page, shop);

  await giveSecondFactor(platform, ada.account.id, 'sandbox');
  await page.context().clearCookies();
  await page.goto(shop.url);
  const second = await openPopup(page);
  await signIn(second, ada);
  await expect(heading(second)).toHaveText(HEADING);
  await second.addInitScript(disableAutofill);
  await addVirtualAuthenticator(second, passkeys);
  await second.reload();
  await second.getByRole('button', { name: 'Use a passkey' }).click();
  expect(await received(page, shop)).toMatchObject({ email: ada.email });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the code is asked for all the same', async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site });
    const ada = await somebodyWithAccount(platform);
    const app = await giveSecondFactor(platform, ada.account.id, 'sandbox');
    const query = new URLSearchParams({ client_id: shop.clientId, origin: site.origin, state: 's', nonce: 'n' });
    await page.goto(`${platform.url}/popup?${query}`);
    await signIn(page, ada);
    await expect(heading(page)).toHaveText(HEADING);
    await enterCode(page, app);
    await expect(heading(page)).toHaveText(/^Share your details/);
  });
});

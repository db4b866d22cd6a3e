import type { Page } from '@playwright/test';
import { appCode, giveSecondFactor } from '../server/testing/second-factor.ts';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import { mailTo, signIn, somebody } from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const go = (page: Page) => page.getByRole('button', { name: 'Continue', exact: true }).click();

/** Checks with axe and at several sizes of the window, and restores the size of a tab. */
async function lookAt(page: Page): Promise<void> {
  await expectAccessible(page, TAB_ROOM);
  await page.setViewportSize({ width: 1100, height: 800 });
}

async function codeMailedTo(email: string, platform: RunningPlatform): Promise<string> {
  const [mail] = await mailTo(email, platform);
  return /^\d{6}/.exec(mail?.subject ?? '')?.[0] ?? '';
}

async function askForCode(page: Page, email: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Email me a code' }).click();
  await expect(heading(page)).toHaveText('Check your email');
}

test('somebody new signs up by a code, signs in by another, and chooses a password by a third', async ({
  page,
  platform,
}) => {
  const { email } = somebody();
  await page.goto(`${platform.url}/account/profile`);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await askForCode(page, email);
  await lookAt(page);
  const box = page.getByLabel('Code', { exact: true });
  await expect(box).toHaveAttribute('autocomplete', 'one-time-code');
  await box.fill('000000');
  await box.press('Enter');
  await expect(page.getByRole('alert')).toContainText('This isn’t the code.');
  await expect(box).toBeFocused();
  await box.fill(await codeMailedTo(email, platform));
  await go(page);
  await expect(heading(page)).toHaveText('What’s your name?');
  await lookAt(page);
  await page.getByLabel('First name').fill('Ada');
  await go(page);
  await expect(page).toHaveURL(`${platform.url}/account/profile`);
  await page.getByRole('button', { name: 'Sign out' }).click();

  await askForCode(page, email);
  await page.getByLabel('Code', { exact: true }).fill(await codeMailedTo(email, platform));
  await go(page);
  await expect(heading(page)).toHaveText('Hello, Ada');
  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await lookAt(page);
  await askForCode(page, email);
  await page.getByLabel('Code', { exact: true }).fill(await codeMailedTo(email, platform));
  await go(page);
  await expect(heading(page)).toHaveText('Choose a new password');
  await lookAt(page);
  await page.getByLabel('New password').fill('a difference of engines');
  await go(page);
  await expect(heading(page)).toHaveText('Hello, Ada');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, { ...somebody(), email, password: 'a difference of engines' });
  await expect(heading(page)).toHaveText('Hello, Ada');
});

test('somebody sets up an authenticator app, keeps the codes, is asked for it elsewhere, and turns it off', async ({
  browser,
  page,
  platform,
}) => {
  const ada = await accountHolder(platform);
  await openPortal(page, platform, ada, '/security');
  await page.getByRole('link', { name: 'Set up an authenticator app' }).click();
  await lookAt(page);
  await go(page);
  await expect(page.getByRole('img', { name: 'QR code for the authenticator app' })).toBeVisible();
  await lookAt(page);
  const secret = (await page.locator('code').textContent()) ?? '';
  const box = page.getByLabel('Code', { exact: true });
  await box.fill('000000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('alert')).toContainText('This isn’t the code.');
  await expect(box).toBeFocused();
  await box.fill(appCode(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(heading(page)).toHaveText('Keep your recovery codes');
  await expect(
    page
      .getByRole('list')
      .filter({ has: page.locator('code') })
      .getByRole('listitem'),
  ).toHaveCount(10);
  await lookAt(page);
  const codes = await page.locator('#recovery-codes code').allTextContents();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const file = (await (await (await downloading).createReadStream()).toArray()).join('');
  for (const code of codes) expect(file).toContain(code);
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '');
  });
  await page.getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('[data-printed]')).toBeAttached();
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.locator('[data-keep-status]')).toHaveText(/^(Copied|Selected)/);
  await page.reload();
  await expect(heading(page)).toHaveText('Sign-in and security');
  await lookAt(page);

  const elsewhere = await browser.newContext();
  const tab = await elsewhere.newPage();
  await tab.goto(`${platform.url}/account/sessions`);
  await signIn(tab, ada);
  await expect(heading(tab)).toHaveText('Enter the code from your app');
  await lookAt(tab);
  await tab.getByRole('link', { name: 'Use a recovery code instead' }).click();
  await lookAt(tab);
  await tab.getByLabel('Recovery code').fill(codes[3] ?? '');
  await tab.getByLabel('Don’t ask again on this browser').check();
  await go(tab);
  await expect(tab.getByText('No code is asked for here until')).toBeVisible();
  await lookAt(tab);
  await elsewhere.close();

  await page.reload();
  await page.getByRole('link', { name: 'Turn off' }).click();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(heading(page)).toHaveText('Enter the code from your app');
  await page.getByRole('link', { name: 'Use a recovery code instead' }).click();
  await page.getByLabel('Recovery code').fill(codes[4] ?? '');
  await go(page);
  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByText('Two-step verification is turned off.')).toBeVisible();
});

test('a breached password and a second factor are asked about at the account pages, in this order', async ({
  page,
  platform,
}) => {
  const ada = await accountHolder(platform);
  const { accounts } = platform.storage.realm('production');
  await accounts.wantNewPassword(ada.account.id, ada.account.passwordHash ?? '');
  const app = await giveSecondFactor(platform, ada.account.id);
  await page.goto(`${platform.url}/account/shops`);
  await signIn(page, ada);
  await page.getByLabel('Code', { exact: true }).fill(await app.code());
  await go(page);
  await expect(page.getByLabel('New password')).toBeFocused();
  await lookAt(page);
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(page).toHaveURL(`${platform.url}/account/shops`);
});

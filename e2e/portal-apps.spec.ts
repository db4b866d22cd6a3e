import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import { openPopup, share, signIn, somebodyWithAccount } from './support/people.ts';
import { accountHolder, appOf, openPortal } from './support/portal.ts';
import { expect, test } from './support/test.ts';

const card = (page: Page, heading: string) =>
  page.locator('.card', { has: page.getByRole('heading', { name: heading }) });

/** Checks the page at each size and with axe, and restores the window afterwards. */
async function expectGoodPage(page: Page): Promise<void> {
  const size = page.viewportSize();
  await expectAccessible(page, TAB_ROOM);
  if (size) await page.setViewportSize(size);
}

test('a developer creates an app, pastes the tag, and sees somebody sign up', async ({
  page,
  platform,
  site,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: platform.url });
  const ada = await accountHolder(platform, { emailVerified: false });
  await openPortal(page, platform, ada, '/apps');
  await expect(page.getByText('You have no apps yet')).toBeVisible();
  await expectGoodPage(page);

  await page.getByRole('link', { name: 'Create an app' }).click();
  await expect(page.getByLabel('Origin of your page')).toHaveValue('http://localhost:3000');
  await expectGoodPage(page);
  await page.getByLabel('Origin of your page').fill(`${site.origin}/shop`);
  await page.getByLabel('Name of your shop').fill('Fern & Field');
  await page.getByRole('button', { name: 'Create app' }).click();
  await expect(page.getByText(`Browsers write it as ${site.origin}`)).toBeVisible();
  await page.getByLabel('Origin of your page').fill(site.origin);
  await page.getByRole('button', { name: 'Create app' }).click();

  await expect(page.getByRole('heading', { name: /Fern & Field is ready/ })).toBeVisible();
  const copied = async (what: string) => {
    await page.getByRole('button', { name: `Copy ${what}` }).click();
    await expect(page.getByRole('button', { name: `Copied ${what}` })).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const secret = await copied('Client secret');
  const key = await copied('API key');
  const tag = await copied('Tag');
  expect(secret).toMatch(/^\w{40}$/);
  expect((await platform.storage.apiKeys.find(key))?.standing).toBe('active');
  await expectGoodPage(page);

  // A reload shows the app without its secrets.
  await page.reload();
  const path = new URL(page.url()).pathname;
  expect(path).toMatch(/^\/account\/apps\/[\w-]{22}$/);
  expect(await page.content()).not.toContain(secret);
  await expect(card(page, 'Localhost').getByRole('listitem')).toHaveText([/Add the origin/, /Put the button/]);
  await expect(card(page, 'Localhost').getByRole('img', { name: 'To do' })).toHaveCount(1);

  // Fields, with a reason, and a logo.
  await page.getByRole('link', { name: 'Settings' }).click();
  await expectGoodPage(page);
  const phone = page.getByRole('group', { name: 'Phone number' });
  await phone.getByRole('radio', { name: 'Required' }).check();
  await phone.getByText('Add a reason').click();
  await phone.getByLabel('Why you ask').fill('The courier <b>rings</b> you.');
  for (const field of ['Address', 'Language', 'Picture']) {
    await page.getByRole('group', { name: field, exact: true }).getByRole('radio', { name: 'Don’t ask' }).check();
  }
  await page.getByLabel('Terms of service').fill('javascript:alert(1)');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Begin with https://.')).toBeVisible();
  await page.getByLabel('Terms of service').fill('https://shop.example/terms');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').getByText('Your changes are saved.')).toBeVisible();
  await expect(phone.getByLabel('Why you ask')).toHaveValue('The courier <b>rings</b> you.');
  await page
    .getByLabel('Picture', { exact: true })
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: PIXEL });
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByText('The logo is saved.')).toBeVisible();

  // The copied tag works, and asks for each required field with its reason.
  const pagePath = `/${randomUUID()}`;
  site.serve(pagePath, () => ({
    html: `<!doctype html><html lang="en"><title>Shop</title><main>${tag}</main></html>`,
  }));
  const shop = await context.newPage();
  await shop.goto(site.origin + pagePath);
  const person = await somebodyWithAccount(platform, { phoneNumber: '+31201234567' });
  const popup = await openPopup(shop);
  await signIn(popup, person);
  await expect(popup.getByText('The courier <b>rings</b> you.')).toBeVisible();
  await expect(popup.getByRole('listitem')).toHaveCount(3);
  await expect
    .poll(() =>
      popup
        .locator('.tile img')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBe(512);
  await share(popup);
  await expect(shop.locator('signup-with-platform')).toHaveAttribute('state', 'completed');
  await page.goto(platform.url + path);
  await expect(card(page, 'Localhost').getByRole('img', { name: 'Done' })).toHaveCount(2);
});

test('an owner takes an app to production, changes where it runs, and deletes it', async ({ page, platform }) => {
  const ada = await accountHolder(platform, { emailVerified: false });
  const { appId } = await appOf(platform, ada);
  const path = `/apps/${appId}`;
  await openPortal(page, platform, ada, path);
  await page.getByRole('link', { name: 'Add production' }).click();
  await expect(page.getByRole('img', { name: 'To do' })).toHaveCount(2);
  await expectGoodPage(page);

  // Both links lead on.
  await page.getByRole('link', { name: 'Go to settings' }).click();
  await page.getByLabel('Privacy policy').fill('https://shop.example/privacy');
  await page.getByRole('button', { name: 'Save' }).click();
  await platform.storage.realm('production').accounts.markEmailVerified(ada.account.id, ada.email);
  await page.goto(`${platform.url}/account${path}/add?environment=production`);
  await page.getByLabel('Origin of your page').fill('http://localhost:3000');
  await page.getByRole('button', { name: 'Add production' }).click();
  await expect(page.getByText('Only your own machine can reach this address.')).toBeVisible();
  await page.getByLabel('Origin of your page').fill('https://shop.example');
  await page.getByRole('button', { name: 'Add production' }).click();
  await expect(page.getByText(/^sk_live_\w{32}$/)).toBeVisible();
  await page.getByRole('link', { name: 'Go to Fern & Field' }).click();
  await expect(page).toHaveURL(`${platform.url}/account${path}/production`);

  // Each address where it runs is added separately.
  const origins = card(page, 'Allowed origins');
  await origins.getByLabel('New origin').fill('http://other.example');
  await origins.getByRole('button', { name: 'Add' }).click();
  await expect(origins.getByText('Begin with https://.')).toBeVisible();
  await expectGoodPage(page);
  await origins.getByLabel('New origin').fill('https://www.shop.example');
  await origins.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('The origin is added.')).toBeVisible();
  await origins.getByRole('button', { name: 'Remove https://shop.example' }).click();
  await expect(origins.getByRole('listitem')).toHaveText([/^https:\/\/www\.shop\.example/]);
  const redirects = card(page, 'Redirect URIs');
  await redirects.getByLabel('New redirect URI').fill('https://shop.example/callback');
  await redirects.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('The redirect URI is added.')).toBeVisible();
  const endpoint = card(page, 'Your own sign-up endpoint');
  await endpoint.getByLabel('Address of the endpoint').fill('https://shop.example/signup');
  await endpoint.getByLabel('Key that we send').fill('our-own-key');
  await endpoint.getByRole('button', { name: 'Save endpoint' }).click();
  await expect(endpoint.getByText('https://shop.example/signup')).toBeVisible();
  expect(await page.content()).not.toContain('our-own-key');
  const live = await platform.storage.appEnvironments.find(appId, 'production');
  expect(live).toMatchObject({
    origins: ['https://www.shop.example'],
    redirectUris: ['https://shop.example/callback'],
  });

  await page.getByRole('link', { name: 'Code' }).click();
  await page.locator('summary', { hasText: 'cURL' }).click();
  await expect(page.locator('#curl')).toContainText(`client_id=${live?.clientId}`);
  await expectGoodPage(page);

  // The app is switched off, switched on, and deleted.
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Disable app' }).click();
  await expect(page.getByRole('status').getByText('The app is disabled.')).toBeVisible();
  const popup = await page.request.get(
    `${platform.url}/popup?client_id=${live?.clientId}&origin=https://www.shop.example&state=s&nonce=n`,
  );
  expect(await popup.text()).toContain('This shop is disabled');
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Enable app' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Delete app' }).click();
  await page.getByLabel('Name').fill('fern');
  await page.getByRole('button', { name: 'Delete app' }).click();
  await expect(page.getByText('This isn’t the name of the app.')).toBeVisible();
  await expectGoodPage(page);
  await page.getByLabel('Name').fill('Fern & Field');
  await page.getByRole('button', { name: 'Delete app' }).click();
  await expect(page.getByText('The app is deleted.')).toBeVisible();
  await expect(page.getByText('You have no apps yet')).toBeVisible();
});

test('each role sees only what it may do', async ({ page, platform }) => {
  const [developer, reader] = [await accountHolder(platform), await accountHolder(platform)];
  const { appId } = await appOf(platform, developer, 'developer');
  await platform.storage.appMembers.put(appId, reader.account.id, 'read-only');

  await openPortal(page, platform, developer, '/apps');
  await page.getByRole('link', { name: 'Fern & Field Developer' }).click();
  await expect(page.getByText('Not added yet')).toHaveCount(2);
  await expectGoodPage(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByText('Only an owner of the app can change this.')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: /Save|Upload|Disable|Enable/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Localhost' }).click();
  await expect(page.getByRole('button', { name: 'Add New origin' })).toBeVisible();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await openPortal(page, platform, reader, `/apps/${appId}/localhost`);
  await expect(page.getByText('http://localhost:4100', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /Add|Remove|Save/ })).toHaveCount(0);
});

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { AppSecrets } from '../server/storage/app-environments.ts';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import {
  fields,
  mailTo,
  openPopup,
  openShop,
  received,
  type Shop,
  share,
  shareButton,
  signIn,
  untilClosed,
} from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

const ADDRESS = { street_address: '12 Canal Street', locality: 'Amsterdam', country: 'NL' };
const THREE_DAYS_MS = 3 * 24 * 60 * 60 * 1000;

const notice = (page: Page) => page.locator('.notice');
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** A shop for real people, with its secrets. */
async function productionShop(running: { platform: RunningPlatform; site: VendorSite }, name: string) {
  let secrets: AppSecrets | undefined;
  const platform: RunningPlatform = {
    ...running.platform,
    createApp: async (app) => {
      const created = await running.platform.createApp(app);
      secrets = created;
      return created;
    },
  };
  const asked = fields({ required: ['name', 'email'], optional: ['address'] });
  const app = {
    name,
    environment: 'production',
    fields: asked,
    privacyPolicyUri: 'https://shop.example/privacy',
  } as const;
  const shop = await openShop({ platform, site: running.site }, { app, attributes: { fields: 'name email address' } });
  return { ...shop, apiKey: secrets?.apiKey ?? '' };
}

async function readUser({ url }: RunningPlatform, { apiKey }: { apiKey: string }, id: string) {
  const answer = await fetch(`${url}/1/users/${id}`, { headers: { 'x-api-key': apiKey } });
  return { status: answer.status, user: (await answer.json()) as Record<string, unknown> };
}

/** Gets what the shop receives by one click from a person who has agreed before and is signed in. */
async function comeAgain(page: Page, shop: Shop) {
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await untilClosed(popup);
  return received(page, shop);
}

test('a person sees what a shop got and when, stops a field, and disconnects', async ({ page, platform, site }) => {
  const person = await accountHolder(platform, { address: ADDRESS });
  const shop = await productionShop({ platform, site }, 'Marten Books');
  await openPortal(page, platform, person, '/shops');
  await expect(page.getByText('You don’t share anything with a shop yet.')).toBeVisible();

  await page.goto(shop.url);
  await share(await openPopup(page));
  const { sub } = await received(page, shop);
  expect((await readUser(platform, shop, sub)).user['address']).toMatchObject(ADDRESS);

  await openPortal(page, platform, person, '/shops');
  await expectAccessible(page, TAB_ROOM);
  await page.getByRole('link', { name: 'Marten Books' }).click();
  const address = page.getByRole('listitem').filter({ hasText: '12 Canal Street' });
  await expect(address).toContainText('Last received: just now · Last read: just now');
  await platform.database.db
    .updateTable('disclosures')
    .set({ last_at: Date.now() - THREE_DAYS_MS })
    .where('user_id', '=', sub)
    .where('how', '=', 'read')
    .execute();
  await page.reload();
  await expect(address).toContainText('Last read: 3 days ago');
  await expectAccessible(page, TAB_ROOM);

  await page.getByRole('button', { name: 'Stop sharing – Address' }).click();
  await expect(notice(page)).toHaveText('You no longer share your address with Marten Books.');
  await expect(page.getByRole('region', { name: 'Marten Books can receive' })).not.toContainText('12 Canal Street');
  await expect(page.getByRole('region', { name: 'Not shared' })).toContainText('12 Canal Street');
  await expectAccessible(page, TAB_ROOM);
  expect((await readUser(platform, shop, sub)).user).not.toHaveProperty('address');
  const claims = await comeAgain(page, shop);
  expect(claims).not.toHaveProperty('address');
  expect(claims.email).toBe(person.email);

  await openPortal(page, platform, person, '/shops');
  await page.getByRole('link', { name: 'Marten Books' }).click();
  await page.getByRole('button', { name: 'Share again – Address' }).click();
  await expect(notice(page)).toHaveText('You now share your address with Marten Books.');
  expect((await readUser(platform, shop, sub)).user['address']).toMatchObject(ADDRESS);
  await page.getByRole('button', { name: 'Stop sharing – Address' }).click();

  await openPortal(page, platform, person, `/shops/${shop.clientId}`);
  await page.getByRole('button', { name: 'Stop sharing – Email address' }).click();
  await expect(notice(page)).toContainText('Marten Books requires it');
  await page.getByRole('link', { name: 'Disconnect Marten Books' }).click();
  await expect(heading(page, 'Disconnect Marten Books?')).toBeVisible();
  await expectAccessible(page, TAB_ROOM);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(notice(page)).toHaveText('The shop has been disconnected.');
  expect((await readUser(platform, shop, sub)).status).toBe(404);

  await page.goto(shop.url);
  const popup = await openPopup(page);
  await expect(shareButton(popup)).toBeVisible();
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ sub, is_new_user: false });
});

test('a person signs out of another device, in its popup too', async ({ page, platform, site, browser }) => {
  const person = await accountHolder(platform);
  const shop = await productionShop({ platform, site }, 'Marten Books');
  const phone = await browser.newContext({
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  });
  const away = await phone.newPage();
  await openPortal(away, platform, person);
  await openPortal(page, platform, person, '/sessions');
  // Below them are the browsers that the account knows.
  const rows = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Signed in:' });
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'This device' })).toContainText('Chrome on');
  await expectAccessible(page, TAB_ROOM);

  await page.getByRole('button', { name: 'Sign out – Firefox on Linux' }).click();
  await expect(notice(page)).toHaveText('That device has been signed out.');
  await expect(rows).toHaveCount(1);
  await away.goto(shop.url);
  const popup = await openPopup(away);
  await expect(heading(popup, 'Sign in')).toBeVisible();
  await popup.close();

  await openPortal(away, platform, person);
  await page.reload();
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await expect(notice(page)).toHaveText('You’ve been signed out everywhere else.');
  await away.reload();
  await expect(away).toHaveURL(/\/account\/sign-in/);
  expect((await mailTo(person.email, platform))[0]?.subject).toBe('You were signed out of Platform everywhere');
  await phone.close();
});

test('a person downloads their data, asks for deletion, and keeps the account after all', async ({
  page,
  platform,
  site,
}) => {
  const person = await accountHolder(platform, { address: ADDRESS });
  const shop = await productionShop({ platform, site }, 'Marten Books');
  await openPortal(page, platform, person, '/data');
  await expectAccessible(page, TAB_ROOM);
  await page.getByRole('link', { name: 'Download my data' }).click();
  await expectAccessible(page, TAB_ROOM);
  const download = page.getByRole('button', { name: 'Download' });
  const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
  const { account } = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(account).toMatchObject({ email: person.email, addresses: [ADDRESS] });
  await expect(download).not.toHaveAttribute('data-busy');

  await page.goto(shop.url);
  await share(await openPopup(page));
  await openPortal(page, platform, person, '/data');
  await page.getByRole('link', { name: 'Delete my account' }).click();
  await expect(page.getByRole('main')).toContainText('Shops keep what they received from you before');
  await expect(page.getByRole('link', { name: 'Privacy policy – Marten Books' })).toHaveAttribute(
    'href',
    'https://shop.example/privacy',
  );
  await expectAccessible(page, TAB_ROOM);
  await page.getByRole('link', { name: 'Continue' }).click();
  await expectAccessible(page, TAB_ROOM);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await expect(heading(page, 'Your account is about to be deleted')).toBeVisible();
  await expectAccessible(page, TAB_ROOM);
  expect((await mailTo(person.email, platform))[0]?.subject).toBe('Your Platform account will be deleted');

  await page.goto(shop.url);
  const popup = await openPopup(page);
  await expect(popup.getByRole('alert')).toContainText('This account is about to be deleted');
  await signIn(popup, person);
  const [portal] = await Promise.all([
    page.context().waitForEvent('page'),
    popup.getByRole('link', { name: 'Sign in to your account to keep it' }).click(),
  ]);
  await expect(heading(portal, 'Your account is about to be deleted')).toBeVisible();
  await portal.getByRole('button', { name: 'Keep my account' }).click();
  await expect(notice(portal)).toContainText('You’ve kept your account.');
  await signIn(popup, person);
  await share(popup);
  expect((await received(page, shop)).email).toBe(person.email);
});

import type { Page } from '@playwright/test';
import { READING_MS, untilFedcmIsKnown, watchDialogs } from './support/fedcm-dialogs.ts';
import { wholeBrowser } from './support/launch.ts';
import {
  cancel,
  closesAfter,
  fields,
  openShop,
  received,
  type ShopOptions,
  share,
  shareButton,
  signIn,
  watchEvents,
  widgetOn,
} from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

// mode="auto" tries the browser's own dialog first, and always leaves a button that works. The dialog of a headless Chromium can be read
// and pressed through the DevTools protocol only. The shop is on another site, and third-party cookies are blocked.

test.use({ launchOptions: wholeBrowser });

const APP: NonNullable<ShopOptions['app']> = {
  environment: 'production',
  fields: fields({ required: ['name', 'email'], optional: ['phone_number'] }),
};

async function visit(
  page: Page,
  world: { platform: RunningPlatform; site: VendorSite },
  { attributes, headers = {} }: Pick<ShopOptions, 'attributes' | 'headers'> = {},
) {
  const shop = await openShop(world, { app: APP, headers, attributes: { mode: 'auto', ...attributes } });
  const events = await watchEvents(page);
  const dialogs = await watchDialogs(page);
  await untilFedcmIsKnown(page, () => page.goto(shop.url));
  return { shop, events, dialogs, ...widgetOn(page) };
}

test('a signed-in person chooses in the browser’s dialog, and is not shown the disclosure again later', async ({
  page,
  platform,
  site,
}) => {
  const person = await accountHolder(platform);
  await openPortal(page, platform, person);
  const { shop, events, dialogs, button, element } = await visit(page, { platform, site });
  await button.click();
  expect(await dialogs.choose()).toBe('SignUp');
  const claims = await received(page, shop);
  expect([claims.name, claims.email, claims['is_new_user']]).toEqual(['Ada Byron', person.email, true]);
  const { id = '' } =
    (await platform.storage.realm('production').grants.findFor(shop.clientId, person.account.id)) ?? {};
  expect(id).not.toBe('');

  await element.evaluate((widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).reset());
  await button.click();
  expect(await dialogs.choose()).toBe('SignIn');
  const again = await received(page, shop);
  expect([again.sub, again['is_new_user']]).toEqual([claims.sub, false]);
  expect(await events()).toEqual(['signup-start', 'signup-success', 'signup-start', 'signup-success']);
  expect(dialogs.seen).toEqual(['AccountChooser', 'AccountChooser']);
  expect(page.context().pages()).toHaveLength(1);
});

test('the platform’s own page asks for what the dialog cannot disclose', async ({ page, platform, site }) => {
  const person = await accountHolder(platform, { phoneNumber: '+31201234567' });
  await openPortal(page, platform, person);
  const { shop, dialogs, button } = await visit(
    page,
    { platform, site },
    { attributes: { fields: 'name phone_number' } },
  );
  const window = page.context().waitForEvent('page');
  await button.click();
  await dialogs.choose();
  await share(await window);
  expect((await received(page, shop)).phone_number).toBe('+31201234567');
});

test('refusing there or closing the dialog cancels, and the next press opens the popup', async ({
  page,
  platform,
  site,
}) => {
  await openPortal(page, platform, await accountHolder(platform));
  const { shop, events, dialogs, button, element } = await visit(
    page,
    { platform, site },
    { attributes: { fields: 'name phone_number' } },
  );
  const window = page.context().waitForEvent('page');
  await button.click();
  await page.waitForTimeout(READING_MS);
  await dialogs.choose();
  await cancel(await window);
  await expect(element).toHaveAttribute('state', 'cancelled');

  await untilFedcmIsKnown(page, () => page.reload());
  await button.click();
  await dialogs.dismiss();
  await expect(element).toHaveAttribute('state', 'cancelled');
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  await popup.getByRole('checkbox').first().waitFor();
  await share(popup);
  await received(page, shop);
  expect(await events()).toEqual([
    ...['signup-start', 'signup-cancel'],
    ...['signup-start', 'signup-cancel', 'signup-start', 'signup-success'],
  ]);
});

test('a person who is not signed in does so in a window that the browser opens', async ({ page, platform, site }) => {
  const person = await accountHolder(platform);
  const { shop, events, dialogs, button } = await visit(page, { platform, site });
  const window = page.context().waitForEvent('page');
  await button.click();
  const login = await window;
  await closesAfter(login, () => signIn(login, person));
  await dialogs.choose();
  expect((await received(page, shop)).email).toBe(person.email);
  expect(await events()).toEqual(['signup-start', 'signup-success']);
});

for (const [title, disturb] of [
  ['an app that is disabled meanwhile', (platform, { appId }) => platform.storage.apps.setDisabled(appId, true)],
  [
    'an origin that is not registered any more',
    (platform, { clientId }) => platform.storage.appEnvironments.setOrigins(clientId, []),
  ],
] as [string, (platform: RunningPlatform, app: { appId: string; clientId: string }) => Promise<unknown>][]) {
  test(`${title} gets no credential, and the popup says why`, async ({ page, platform, site }) => {
    await openPortal(page, platform, await accountHolder(platform));
    const { shop, dialogs, button } = await visit(page, { platform, site });
    const app = await platform.storage.appEnvironments.findByClientId(shop.clientId);
    await disturb(platform, app ?? { appId: '', clientId: '' });
    const popup = page.waitForEvent('popup');
    await button.click();
    await dialogs.choose();
    await dialogs.acknowledge();
    await expect((await popup).getByRole('heading', { level: 1 })).toBeVisible();
    await expect(shareButton(await popup)).toHaveCount(0);
  });
}

test('where the browser forbids FedCM to a page, the same press opens the popup', async ({ page, platform, site }) => {
  const person = await accountHolder(platform);
  const headers = { 'permissions-policy': 'identity-credentials-get=()' };
  const { shop, events, dialogs, button } = await visit(page, { platform, site }, { headers });
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  await signIn(popup, person);
  await share(popup);
  await received(page, shop);
  expect(await events()).toEqual(['signup-start', 'signup-success']);
  expect(dialogs.seen).toEqual([]);
});

test('reset() closes the dialog, and a second signUp() replaces it with the popup', async ({
  page,
  platform,
  site,
}) => {
  await openPortal(page, platform, await accountHolder(platform));
  const { shop, events, dialogs, button, element } = await visit(page, { platform, site });
  await button.click();
  await dialogs.next();
  // Nobody can press anything behind the dialog in this browser, so the page's own script does.
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    element.evaluate((widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).signUp()),
  ]);
  await share(popup);
  await received(page, shop);
  expect(await events()).toEqual(['signup-start', 'signup-cancel', 'signup-start', 'signup-success']);

  await untilFedcmIsKnown(page, () => page.reload());
  await button.click();
  const { dialogId } = await dialogs.next();
  await element.evaluate((widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).reset());
  await expect(element).toHaveAttribute('state', 'idle');
  await expect(dialogs.client.send('FedCm.selectAccount', { dialogId, accountIndex: 0 })).rejects.toThrow();
  expect((await events()).slice(4)).toEqual(['signup-start', 'signup-cancel']);
});

test('an app of the sandbox has no FedCM, and the default mode is the popup', async ({ page, platform, site }) => {
  for (const options of [{ app: {} }, { attributes: { mode: '' } }] as ShopOptions[]) {
    const shop = await openShop({ platform, site }, { app: APP, attributes: { mode: 'auto' }, ...options });
    await page.goto(shop.url);
    await page.waitForLoadState('networkidle');
    const [popup] = await Promise.all([page.waitForEvent('popup'), widgetOn(page).button.click()]);
    await popup.close();
  }
});

import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import { fields, openPopup, openShop, received, share } from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { expect, test } from './support/test.ts';

/** A photograph that is upright only when its EXIF orientation is applied. */
const photograph = async () => ({
  name: 'me.jpg',
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 900, height: 600, channels: 3, background: '#c86' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer(),
});
const tooLarge = { name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(5 * 1024 * 1024 + 1) };

const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();
const notice = (page: Page) => page.locator('.notice');

async function fillInAddress(page: Page, [street, postalCode, town, country]: readonly string[]): Promise<void> {
  await page.getByLabel('Street and house number').fill(street ?? '');
  await page.getByLabel('Postal code').fill(postalCode ?? '');
  await page.getByLabel('Town or city').fill(town ?? '');
  await page.getByLabel('Country').selectOption({ label: country ?? '' });
}

/** The size of the platform's pictures. */
const isLoaded = (page: Page, alt: string) =>
  page.getByAltText(alt).evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth === 512);

test('a person edits their profile, and a shop is offered its values', async ({ page, platform, site }) => {
  const person = await accountHolder(platform);
  await openPortal(page, platform, person, '/profile');

  await page.getByRole('link', { name: 'Name' }).click();
  await page.getByLabel('First name').fill('Augusta');
  await page.getByLabel('Last name').fill('');
  await save(page);
  await expect(notice(page)).toHaveText('Your name has been saved.');
  await expect(page.getByRole('link', { name: 'Name' })).toContainText('Augusta');

  await page.getByRole('link', { name: 'Phone number' }).click();
  await page.getByLabel('Phone number').fill('call me');
  await save(page);
  await expect(page.getByLabel('Phone number')).toHaveAccessibleDescription(/with its country code/);
  await expect(page.getByLabel('Phone number')).toHaveValue('call me');
  await page.getByLabel('Phone number').fill('+31 20 555 0101');
  await save(page);
  await expect(page.getByRole('link', { name: 'Phone number' })).toContainText('+31 20 555 0101');

  await page.getByRole('link', { name: 'Language' }).click();
  await page.getByRole('radio', { name: 'Nederlands' }).check();
  await save(page);
  await expect(notice(page)).toHaveText('Je taal is opgeslagen.');
  await page.getByRole('link', { name: 'Taal' }).click();
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('button', { name: 'Opslaan' }).click();
  await expect(notice(page)).toHaveText('Your language has been saved.');

  // A picture is previewed before it is sent, and one that is too large is not sent.
  await page.getByRole('link', { name: 'Picture' }).click();
  const file = page.getByLabel('Picture file');
  await file.setInputFiles(tooLarge);
  await save(page);
  expect(await file.evaluate((input: HTMLInputElement) => input.validationMessage)).toContain('up to 5 MB');
  await file.setInputFiles(await photograph());
  await expect(page.getByAltText('me.jpg')).toBeVisible();
  await save(page);
  await expect(notice(page)).toHaveText('Your picture has been saved.');

  // The first address is the default. Another one is only when the person chooses it.
  await page.getByRole('link', { name: 'Add an address' }).click();
  await fillInAddress(page, ['12 Canal Street\nApartment 4', '1012 AB', 'Amsterdam', 'Netherlands']);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await save(page);
  await page.getByRole('link', { name: 'Add an address' }).click();
  await fillInAddress(page, ['Korenlei 7', '9000', 'Ghent', 'Belgium']);
  await save(page);
  await expect(notice(page)).toHaveText('The address has been added.');
  const addresses = page.getByRole('region', { name: 'Postal addresses' }).getByRole('listitem');
  await expect(addresses).toHaveCount(2);
  await expect(addresses.first()).toContainText('Default');
  await addresses.first().getByRole('link', { name: 'Edit' }).click();
  await expect(page.getByLabel('Street and house number')).toHaveValue('12 Canal Street\nApartment 4');
  await page.getByLabel('Town or city').fill('Haarlem');
  await save(page);
  await expect(addresses.first()).toContainText('1012 AB Haarlem');
  await addresses.nth(1).getByRole('button', { name: 'Make default' }).click();
  await expect(notice(page)).toContainText('This is now your default address');
  await expect(addresses.first()).toContainText('9000 Ghent');

  // A shop of the production realm.
  const shop = await openShop(
    { platform, site },
    { app: { environment: 'production', fields: fields({ required: ['name', 'address', 'picture'] }) } },
  );
  const shopPage = await page.context().newPage();
  await shopPage.goto(shop.url);
  const popup = await openPopup(shopPage);
  await expect(popup.getByText('Augusta', { exact: true }).first()).toBeVisible();
  await expect(popup.getByText('Korenlei 7')).toBeVisible();
  await expect(popup.getByText('Canal Street')).toHaveCount(0);
  await expect.poll(() => isLoaded(popup, 'Your picture')).toBe(true);
  await share(popup);
  const { picture, ...claims } = await received(shopPage, shop);
  expect(claims).toMatchObject({
    name: 'Augusta',
    address: { street_address: 'Korenlei 7', postal_code: '9000', locality: 'Ghent', country: 'BE' },
  });
  expect(picture).toContain(`${platform.url}/pictures/`);
  // The shop's own page can show the picture.
  expect(
    await shopPage.evaluate(async (src) => {
      const image = new Image();
      image.src = src ?? '';
      await image.decode();
      return image.naturalWidth;
    }, picture),
  ).toBe(512);
  await shopPage.close();

  await addresses.first().getByRole('link', { name: 'Remove' }).click();
  await expect(page.getByRole('main')).toContainText('1012 AB Haarlem');
  await page.getByRole('button', { name: 'Remove address' }).click();
  await expect(notice(page)).toHaveText('The address has been removed.');
  await expect(addresses).toHaveCount(1);
  await expect(addresses).toContainText(/Haarlem.*Default/s);
  await page.getByRole('link', { name: 'Picture' }).click();
  await page.getByRole('button', { name: 'Remove picture' }).click();
  await expect(notice(page)).toHaveText('Your picture has been removed.');
});

test('each form is accessible, in both text directions', async ({ page, platform }) => {
  const home = { street_address: 'شارع الملك فهد ١٢', locality: 'الرياض', country: 'SA' };
  const person = await accountHolder(platform, {
    givenName: 'ليلى',
    familyName: 'الخطيب',
    locale: 'ar',
    address: home,
    otherAddresses: [{ ...home, locality: 'x'.repeat(200) }],
  });
  await openPortal(page, platform, person, '/profile');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expectAccessible(page, TAB_ROOM);
  const edit = (await page.getByRole('link', { name: 'تعديل' }).first().getAttribute('href')) ?? '';
  const questions = ['name', 'phone', 'language', 'picture'].map((question) => `/account/profile/${question}`);
  for (const path of [...questions, edit, `${edit}/remove`]) {
    await page.goto(platform.url + path);
    await expectAccessible(page, TAB_ROOM);
  }
  await page.goto(`${platform.url}/account/profile/addresses/new`);
  await page.locator('form.card').evaluate((form: HTMLFormElement) => form.submit());
  await expect(page.locator('[aria-invalid=true]')).toHaveCount(3);
  await expectAccessible(page, TAB_ROOM);
});

test('without scripts, a picture can be uploaded, or is refused with a message', async ({ browser, platform }) => {
  const person = await accountHolder(platform);
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
  const page = await context.newPage();
  await openPortal(page, platform, person, '/profile/picture');
  await page.getByLabel('Picture file').setInputFiles(tooLarge);
  await save(page);
  await expect(page.getByLabel('Picture file')).toHaveAccessibleDescription(/too large/);
  await page.getByLabel('Picture file').setInputFiles(await photograph());
  await save(page);
  await expect(notice(page)).toHaveText('Your picture has been saved.');
  await context.close();
});

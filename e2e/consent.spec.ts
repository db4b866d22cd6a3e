import {
  fields,
  openPopup,
  openShop,
  received,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  watchPopupRequests,
} from './support/people.ts';
import { expect, test } from './support/test.ts';

const NAME_EMAIL_PHONE = 'name email phone_number';

test('an unticked field is not shared, and the person is not asked about it again', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site }, { attributes: { fields: NAME_EMAIL_PHONE } });
  const ada = await somebodyWithAccount(platform, { phoneNumber: '+44 20 7946 0018' });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await expect(popup.getByRole('checkbox')).toHaveCount(1);
  await popup.getByRole('checkbox', { name: /^Phone number/ }).uncheck();
  await share(popup);
  const first = await received(page, shop);
  expect(first).toMatchObject({ name: 'Ada Byron', email: ada.email });
  expect(first).not.toHaveProperty('phone_number');

  await page.reload();
  const requests = watchPopupRequests(page, platform);
  await openPopup(page);
  const second = await received(page, shop);
  expect(requests).toEqual(['GET /popup']);
  expect(second).toMatchObject({ sub: first.sub, is_new_user: false });
  expect(second).not.toHaveProperty('phone_number');
});

test('a shop that asks for more later gets it after a question about the new fields only', async ({
  page,
  platform,
  site,
}) => {
  const attributes = { fields: 'name email' };
  const shop = await openShop({ platform, site }, { attributes });
  const ada = await somebodyWithAccount(platform, { phoneNumber: '+44 20 7946 0018' });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await share(popup);
  expect(await received(page, shop)).not.toHaveProperty('phone_number');

  attributes.fields = NAME_EMAIL_PHONE;
  await page.reload();
  const question = await openPopup(page);
  const list = question.getByRole('list', { name: 'Test Shop will receive' });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list).toContainText('+44 20 7946 0018');
  await expect(question.getByText('Shared before and sent again: name and email address.')).toBeVisible();
  await share(question);
  const more = { name: 'Ada Byron', email: ada.email, phone_number: '+44 20 7946 0018', is_new_user: false };
  expect(await received(page, shop)).toMatchObject(more);

  // A shop that asks for less gets less, without a question.
  attributes.fields = 'name';
  await page.reload();
  await openPopup(page);
  const least = await received(page, shop);
  expect(least).toMatchObject({ name: 'Ada Byron' });
  expect(least).not.toHaveProperty('email');
  expect(least).not.toHaveProperty('phone_number');
});

test('required fields can be filled in on the consent page, and mistakes are reported', async ({
  page,
  platform,
  site,
}) => {
  const app = { fields: fields({ required: ['name', 'phone_number'], optional: ['address'] }) };
  const shop = await openShop({ platform, site }, { app, attributes: { fields: 'name phone_number address' } });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  const phone = popup.getByLabel('Phone number with country code');
  await popup.getByRole('checkbox', { name: /^Address/ }).check();
  await popup.getByLabel('Town or city').fill('London');

  // The browser itself refuses to submit without the required fields.
  await shareButton(popup).click();
  await expect(phone).toBeFocused();

  await phone.fill('call me maybe');
  await shareButton(popup).click();
  await expect(popup.getByRole('alert')).toContainText('Check the fields marked below.');
  await expect(popup.getByText('Enter the number with its country code, like +31 6 12345678.')).toBeVisible();
  await expect(popup.getByText('Fill this in.')).toHaveCount(2);
  await expect(phone).toHaveValue('call me maybe');
  await expect(phone).toBeFocused();
  await expect(popup.getByRole('checkbox', { name: /^Address/ })).toBeChecked();
  await expect(popup.getByLabel('Town or city')).toHaveValue('London');

  await phone.fill('+44 20 7946 0018');
  await popup.getByRole('checkbox', { name: /^Address/ }).uncheck();
  await share(popup);
  const credential = await received(page, shop);
  expect(credential).toMatchObject({ name: 'Ada Byron', phone_number: '+44 20 7946 0018' });
  expect(credential).not.toHaveProperty('address');

  // The next shop gets it without typing.
  const next = await openShop({ platform, site }, { attributes: { fields: 'phone_number' } });
  await page.goto(next.url);
  const second = await openPopup(page);
  await expect(second.getByText('+44 20 7946 0018')).toBeVisible();
  await expect(second.getByText('London')).toHaveCount(0);
  await share(second);
  expect(await received(page, next)).toMatchObject({ phone_number: '+44 20 7946 0018' });
});

test('a shop that asks for nothing gets only an identifier', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { app: { fields: [] } });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await expect(popup.getByText('Only an ID made for Test Shop: no name, no email address.')).toBeVisible();
  await share(popup);
  expect(Object.keys(await received(page, shop)).sort()).toEqual(
    ['aud', 'environment', 'exp', 'iat', 'is_new_user', 'iss', 'jti', 'nonce', 'sub'].sort(),
  );
});

import {
  openPopup,
  openShop,
  received,
  share,
  signIn,
  signUp,
  somebody,
  somebodyWithAccount,
  untilClosed,
  watchPopupRequests,
  widgetOn,
} from './support/people.ts';
import { expect, test } from './support/test.ts';

test('a new person signs up in the popup and becomes a customer of the store', async ({ page, store }) => {
  const ada = somebody();
  await page.goto(`${store.url}/register`);
  const popup = await openPopup(page, page.getByRole('button', { name: 'Sign up with Platform' }));
  await expect(popup.getByText('Fern & Field')).toBeVisible();
  await expect(popup.getByText(store.url)).toBeVisible();
  await signUp(popup, ada);

  // The account is new, so the address is typed on the page that shares it.
  await popup.getByRole('checkbox', { name: /^Address/ }).check();
  await popup.getByLabel('Street and house number').fill('12 St James’s Square');
  await popup.getByLabel('Postal code').fill('SW1Y 4LB');
  await popup.getByLabel('Town or city').fill('London');
  await popup.getByLabel('Country', { exact: true }).selectOption('GB');
  await share(popup);

  await expect(page.getByText('We have filled in the form for you.')).toBeVisible();
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await expect(page.getByLabel('Last name')).toHaveValue('Byron');
  await expect(page.getByLabel('Email')).toHaveValue(ada.email);
  await expect(page.getByLabel('Phone')).toHaveValue('');
  await expect(page.getByLabel('Street and number')).toHaveValue('12 St James’s Square');
  await expect(page.getByLabel('Postal code')).toHaveValue('SW1Y 4LB');
  await expect(page.getByLabel('City')).toHaveValue('London');
  await expect(page.getByLabel('Country')).toHaveValue('GB');

  await page.getByRole('button', { name: 'Create my account' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible();
  await expect(page.getByText('Email not confirmed')).toBeVisible();
  await expect(page.getByText('United Kingdom')).toBeVisible();
});

test('a returning customer is recognized by the store and sees no page of the popup', async ({
  page,
  platform,
  store,
}) => {
  const ada = await somebodyWithAccount(platform);
  await page.goto(`${store.url}/register`);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await share(popup);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.goto(`${store.url}/register`);
  const requests = watchPopupRequests(page, platform);
  const second = await openPopup(page);
  await untilClosed(second);
  await expect(page.getByLabel('Email')).toHaveValue(ada.email);
  expect(requests).toEqual(['GET /popup']);
  await page.getByRole('button', { name: 'Create my account' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome back, Ada' })).toBeVisible();
});

test('a shop is told who is new, and recognizes the same person by the same sub', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await share(popup);
  const first = await received(page, shop);
  expect(first).toMatchObject({ is_new_user: true, email: ada.email, email_verified: true, environment: 'localhost' });

  await page.reload();
  await openPopup(page);
  const second = await received(page, shop);
  expect(second).toMatchObject({ is_new_user: false, sub: first.sub, email: ada.email });
  expect(second.jti).not.toBe(first.jti);
});

test('two shops get different subs for the same person', async ({ page, platform, site }) => {
  const [here, there] = [await openShop({ platform, site }), await openShop({ platform, site })];
  await page.goto(here.url);
  const popup = await openPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  const first = await received(page, here);

  await page.goto(there.url);
  await share(await openPopup(page));
  const second = await received(page, there);
  expect(second).toMatchObject({ is_new_user: true, email: first.email });
  expect(second.sub).not.toBe(first.sub);
});

test('the store refuses the same form sent a second time', async ({ page, platform, store }) => {
  await page.goto(`${store.url}/register`);
  const popup = await openPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST' && request.url().startsWith(store.url)),
    page.getByRole('button', { name: 'Create my account' }).click(),
  ]);
  await expect(page.getByRole('heading', { name: 'Welcome, Ada' })).toBeVisible();
  const form = sent.postData() ?? '';
  expect(form).toContain('credential=');

  // Somebody who copied the form cannot use it, neither in another browser nor in this one.
  const replay = await page.request.post(`${store.url}/register`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    data: form,
    maxRedirects: 0,
  });
  expect(replay.status()).toBe(403);
});

test('the store refuses a credential that was made for another session', async ({ browser, page, platform, store }) => {
  await page.goto(`${store.url}/register`);
  const popup = await openPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  const stolen = await widgetOn(page).element.evaluate(
    (widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).credential ?? '',
  );

  const thief = await browser.newPage();
  await thief.goto(`${store.url}/register`);
  await thief.getByLabel('First name').fill('Mallory');
  await thief.getByLabel('Email').fill('mallory@example.com');
  await thief.locator('form').evaluate((form, credential) => {
    const input = Object.assign(document.createElement('input'), { type: 'hidden', name: 'credential' });
    input.value = credential;
    form.append(input);
  }, stolen);
  await thief.getByRole('button', { name: 'Create my account' }).click();
  await expect(thief.getByRole('alert')).toContainText('You are not signed up yet');
  await expect(thief.getByLabel('First name')).toHaveValue('Mallory');
  await thief.close();
});

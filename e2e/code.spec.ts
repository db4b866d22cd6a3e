import type { Page } from '@playwright/test';
import {
  cancel,
  fields,
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
  watchPopupRequests,
} from './support/people.ts';

import { expect, test } from './support/test.ts';

const ASKED = { fields: fields({ required: ['name', 'email'] }) };

/** The code that the page shows in the sandbox. */
async function shownCode(popup: Page): Promise<string> {
  return (await popup.locator('[data-sandbox-code]').textContent()) ?? '';
}

async function askForCode(popup: Page, email: string): Promise<void> {
  await popup.getByLabel('Email').fill(email);
  await popup.getByRole('button', { name: 'Email me a code' }).click();
  await popup.getByLabel('Code').waitFor();
}

async function enterCode(popup: Page, code: string): Promise<void> {
  await popup.getByLabel('Code').fill(code);
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
}

test('a new person signs up with a code and a name, in one window', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { app: ASKED });
  await page.goto(shop.url);
  const requests = watchPopupRequests(page, platform);
  const popup = await openPopup(page);
  const { email } = somebody();
  await popup.getByRole('link', { name: 'Create an account' }).click();
  await askForCode(popup, email);
  const field = popup.getByLabel('Code');
  await expect(field).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(field).toHaveAttribute('inputmode', 'numeric');
  const code = await shownCode(popup);
  // As somebody pastes it out of a sentence.
  await enterCode(popup, ` ${code.slice(0, 3)} ${code.slice(3)} `);
  await popup.getByLabel('First name').fill('Ada');
  await popup.getByLabel('Last name').fill('Byron');
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
  await share(popup);
  const credential = await received(page, shop);
  expect(credential).toMatchObject({ email, email_verified: true, name: 'Ada Byron' });
  expect(page.context().pages()).toHaveLength(1);
  expect(requests.filter((request) => !/\/(interaction|authorize|popup)/.test(request))).toEqual([]);
});

test('a returning person signs in with a code, from the first page', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { app: ASKED });
  await page.goto(shop.url);
  const person = somebody();
  const first = await openPopup(page);
  await signUp(first, person);
  await cancel(first);
  await page.context().clearCookies();
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await askForCode(popup, person.email);
  // What was set up in the first visit was a claim that nobody had confirmed: it ends, and a new account begins.
  await enterCode(popup, await shownCode(popup));
  await popup.getByLabel('First name').fill('Ada');
  await popup.getByLabel('Last name').fill('Lovelace');
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ email_verified: true, name: 'Ada Lovelace' });
  await page.context().clearCookies();
  await page.goto(shop.url);
  const again = await openPopup(page);
  await askForCode(again, person.email);
  const closed = again.waitForEvent('close');
  await enterCode(again, await shownCode(again));
  await closed;
  expect(await received(page, shop)).toMatchObject({ email: person.email, name: 'Ada Lovelace' });
});

test('somebody who forgot that they have an account lands in it, and nobody else learns of it', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site }, { app: ASKED });
  const { account, email, givenName } = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await popup.getByRole('link', { name: 'Create an account' }).click();
  await askForCode(popup, email);
  await expect(popup.locator('[data-sandbox-code]'), 'it was not made in this shop').toHaveCount(0);
  const [mail] = await mailTo(email, platform);
  const code = /^\d{6}/.exec(mail?.subject ?? '')?.[0] ?? '';
  expect(mail?.text).not.toContain('http');
  await enterCode(popup, code);
  await expect(shareButton(popup)).toBeVisible();
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ given_name: givenName, email });
  expect((await platform.storage.realm('sandbox').accounts.list({ email, limit: 5 })).map(({ id }) => id)).toEqual([
    account.id,
  ]);
});

test('“Not now” goes on as before, and the address is typed once', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { app: ASKED });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  const person = somebody();
  await popup.getByRole('link', { name: 'Create an account' }).click();
  await askForCode(popup, person.email);
  await popup.getByRole('button', { name: 'Not now' }).click();
  await expect(popup.getByLabel('Email')).toHaveValue(person.email);
  await popup.getByLabel('First name').fill('Ada');
  await popup.getByLabel('Last name').fill('Byron');
  await popup.getByLabel('Password').fill(person.password);
  await popup.getByRole('button', { name: 'Create account' }).click();
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ email: person.email, email_verified: false });
});

test('a forgotten password is replaced in the same window', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { app: ASKED });
  const person = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, { email: person.email, password: 'not this one' });
  await popup.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(popup.getByLabel('Email'), 'it was typed before').toHaveValue(person.email);
  await popup.getByRole('button', { name: 'Email me a code' }).click();
  await popup.getByLabel('Code').waitFor();
  const [mail] = await mailTo(person.email, platform);
  await enterCode(popup, /^\d{6}/.exec(mail?.subject ?? '')?.[0] ?? '');
  await popup.getByLabel('New password').fill('a loom of many cards');
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
  await share(popup);
  expect(page.context().pages(), 'no window but the popup').toHaveLength(1);
  await page.context().clearCookies();
  await page.goto(shop.url);
  const again = await openPopup(page);
  await signIn(again, { email: person.email, password: 'a loom of many cards' });
  await received(page, shop);
});

test('an address that was typed is there on whichever page comes next', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { app: ASKED });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  const { email } = somebody();
  await popup.getByLabel('Email').fill(email);
  for (const link of ['Create an account', 'Use a password instead', 'Sign in instead', 'Forgot your password?']) {
    await popup.getByRole('link', { name: link }).click();
    await expect(popup.getByLabel('Email')).toHaveValue(email);
    expect(popup.url()).not.toContain(email.split('@')[0]);
  }
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('a code signs a new person up, as far as the last page', async ({ page, platform, site }) => {
    const { clientId } = await openShop({ platform, site }, { app: ASKED });
    const query = new URLSearchParams({ client_id: clientId, origin: site.origin, state: 's', nonce: 'n' });
    await page.goto(`${platform.url}/popup?${query}`);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await askForCode(page, somebody().email);
    await enterCode(page, await shownCode(page));
    await page.getByLabel('First name').fill('Ada');
    await page.getByLabel('Last name').fill('Byron');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(shareButton(page)).toBeVisible();
  });
});

test('a shop that wants confirmed addresses gets no others', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { app: { ...ASKED, requireVerifiedEmail: true } });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signUp(popup, somebody());
  await expect(popup.getByRole('button', { name: 'Not now' })).toHaveCount(0);
  await enterCode(popup, await shownCode(popup));
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ email_verified: true });
});

import { randomUUID } from 'node:crypto';
import type { Page, Route } from '@playwright/test';
import {
  cancel,
  closesAfter,
  fillInSignIn,
  fillInSignUp,
  openPopup,
  openShop,
  openSignUpForm,
  type Person,
  received,
  share,
  shareButton,
  signIn,
  signUp,
  somebody,
  somebodyWithAccount,
  watchEvents,
  widgetOn,
} from './support/people.ts';
import { expect, test } from './support/test.ts';

const WRONG_PASSWORD = 'Email and password don’t match. Check both and try again.';

test('a wrong password can be corrected, and an unknown account gets the same message', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const popup = await openPopup(page);

  await signIn(popup, { email: `nobody.${randomUUID()}@example.com`, password: 'not it at all' });
  await expect(popup.getByRole('alert')).toHaveText(WRONG_PASSWORD);
  await signIn(popup, { ...ada, password: 'not it at all' });
  await expect(popup.getByRole('alert')).toHaveText(WRONG_PASSWORD);
  await expect(popup.getByLabel('Email')).toHaveValue(ada.email);
  await expect(popup.getByLabel('Password')).toHaveValue('');
  await expect(popup.getByLabel('Password')).toBeFocused();

  await signIn(popup, ada);
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ email: ada.email });
});

test('mistakes on the sign-up page are marked, and what was typed stays', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const ada = somebody();
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signUp(popup, { ...ada, password: 'password1' });
  await expect(popup.getByRole('alert')).toContainText('Check the fields marked below.');
  await expect(popup.getByText('Many people use this one')).toBeVisible();
  await expect(popup.getByLabel('Password')).toBeFocused();
  await expect(popup.getByLabel('First name')).toHaveValue('Ada');
  await expect(popup.getByLabel('Email')).toHaveValue(ada.email);

  await popup.getByLabel('Password').fill(ada.password);
  await popup.getByRole('button', { name: 'Create account' }).click();
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ given_name: 'Ada', is_new_user: true });
});

/** The pages of the popup, for tests of what has to work on each of them. */
interface PopupPage {
  heading: string;
  /** Goes to the page. */
  reach(popup: Page, person: Person): Promise<void>;
  fillIn(popup: Page, person: Person): Promise<void>;
  submitButton: string;
}

const PAGES: Record<string, PopupPage> = {
  'sign-in': {
    heading: 'Sign in',
    reach: async () => {},
    fillIn: fillInSignIn,
    submitButton: 'Sign in',
  },
  'sign-up': {
    heading: 'Create your Platform account',
    reach: openSignUpForm,
    fillIn: (popup, person) => fillInSignUp(popup, { ...person, email: `new.${person.email}` }),
    submitButton: 'Create account',
  },
  consent: {
    heading: 'Share your details with Test Shop?',
    reach: signIn,
    fillIn: async () => {},
    submitButton: 'Share and continue',
  },
};

for (const [name, { heading, reach, fillIn, submitButton }] of Object.entries(PAGES)) {
  test(`Cancel on the ${name} page tells the shop, whose page stays as it was`, async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site });
    const ada = await somebodyWithAccount(platform);
    const events = await watchEvents(page);
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await reach(popup, ada);
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(heading);
    await cancel(popup);
    const { element, button, status } = widgetOn(page);
    await expect(element).toHaveAttribute('state', 'cancelled');
    await expect(status).toHaveText('Cancelled. Nothing was shared.');
    expect(await events()).toEqual(['signup-start', 'signup-cancel']);

    // The person changes their mind.
    const again = await openPopup(page, button);
    if (name !== 'consent') await signIn(again, ada);
    await share(again);
    expect(await received(page, shop)).toMatchObject({ email: ada.email, is_new_user: true });
  });

  test(`closing the window on the ${name} page counts as cancelling`, async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site });
    const events = await watchEvents(page);
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await reach(popup, await somebodyWithAccount(platform));
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(heading);
    await popup.close();
    await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
    expect(await events()).toEqual(['signup-start', 'signup-cancel']);
  });

  test(`reloading the ${name} page loses nothing`, async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site });
    const ada = await somebodyWithAccount(platform);
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await reach(popup, ada);
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(heading);
    await popup.reload();
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(heading);
    await fillIn(popup, ada);
    await popup.getByRole('button', { name: submitButton }).click();
    if (name !== 'consent') await share(popup);
    expect(await received(page, shop)).toMatchObject({ given_name: 'Ada' });
  });

  test(`reloading right after sending the ${name} page loses nothing`, async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site });
    const ada = await somebodyWithAccount(platform);
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await reach(popup, ada);
    await fillIn(popup, ada);
    // The server handles the form, but the person stops waiting before the answer arrives.
    const stopped = new Promise<void>((resolve) => {
      const stop = async (route: Route) => {
        await route.fetch({ maxRedirects: 0 });
        await route.abort('aborted');
        resolve();
      };
      popup.route((url) => url.pathname.endsWith(`/${name}`), stop, { times: 1 });
    });
    await popup.getByRole('button', { name: submitButton }).click();
    await stopped;
    await popup.reload();
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(heading);
    await fillIn(popup, ada);
    await popup.getByRole('button', { name: submitButton }).click();
    if (name !== 'consent') await share(popup);
    expect(await received(page, shop)).toMatchObject({ given_name: 'Ada' });
  });
}

test('going back from the sign-up page leads to the sign-in page', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await popup.getByRole('link', { name: 'Create an account' }).click();
  await expect(popup.getByRole('heading', { name: 'Create your Platform account' })).toBeVisible();
  await popup.goBack();
  await signIn(popup, ada);
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ email: ada.email });
});

for (const [entrance, enter] of Object.entries({ 'signing in': signIn, 'signing up': signUp })) {
  test(`after going back from consent after ${entrance}, the person can continue`, async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site });
    const ada = entrance === 'signing in' ? await somebodyWithAccount(platform) : somebody();
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await enter(popup, ada);
    await expect(shareButton(popup)).toBeVisible();
    await popup.goBack();
    await expect(popup.getByText(ada.email).first()).toBeVisible();
    await share(popup);
    expect(await received(page, shop)).toMatchObject({ email: ada.email, is_new_user: true });
  });
}

test('“Use another account” on the consent page delivers the other person’s data', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  const grace = await somebodyWithAccount(platform, { givenName: 'Grace', familyName: 'Hopper' });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await expect(popup.getByText(ada.email).first()).toBeVisible();
  await popup.getByRole('button', { name: 'Use another account' }).click();
  await signIn(popup, grace);
  await expect(popup.getByText(ada.email)).toHaveCount(0);
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ name: 'Grace Hopper', email: grace.email });
  // Nothing was stored about Ada, who did not agree.
  expect(await platform.storage.realm('sandbox').users.findByAccount(shop.clientId, ada.account.id)).toBeUndefined();
});

test('the whole sign-up works with the keyboard', async ({ page, platform, site }) => {
  const shop = await openShop(
    { platform, site },
    { app: { environment: 'production' }, attributes: { fields: 'name email phone_number' } },
  );
  const ada = somebody();
  await page.goto(shop.url);
  await page.keyboard.press('Tab');
  await expect(widgetOn(page).button).toBeFocused();
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('Enter')]);

  await expect(popup.getByLabel('Email')).toBeFocused();
  for (const next of [
    popup.getByLabel('Password'),
    popup.getByRole('button', { name: 'Show' }),
    popup.getByRole('button', { name: 'Sign in' }),
    popup.getByRole('button', { name: 'Email me a code' }),
    popup.getByRole('button', { name: 'Cancel' }),
    popup.getByRole('button', { name: 'Use a passkey' }),
    popup.getByRole('link', { name: 'Forgot your password?' }),
    popup.getByRole('link', { name: 'Create an account' }),
  ]) {
    await popup.keyboard.press('Tab');
    await expect(next).toBeFocused();
  }
  await popup.keyboard.press('Enter');

  await expect(popup.getByLabel('Email')).toBeFocused();
  for (const next of [
    popup.getByRole('button', { name: 'Email me a code' }),
    popup.getByRole('button', { name: 'Cancel' }),
    popup.getByRole('link', { name: 'Use a password instead' }),
  ]) {
    await popup.keyboard.press('Tab');
    await expect(next).toBeFocused();
  }
  await popup.keyboard.press('Enter');

  await expect(popup.getByLabel('First name')).toBeFocused();
  await popup.keyboard.type(ada.givenName);
  for (const [label, value] of [
    ['Last name', ada.familyName],
    ['Email', ada.email],
    ['Password', ada.password],
  ] as const) {
    await popup.keyboard.press('Tab');
    await expect(popup.getByLabel(label)).toBeFocused();
    await popup.keyboard.type(value);
  }
  await popup.keyboard.press('Enter');

  await expect(popup.getByRole('heading', { name: 'Share your details with Test Shop?' })).toBeVisible();
  for (const next of [
    popup.getByRole('button', { name: 'Use another account' }),
    popup.getByRole('checkbox', { name: /^Phone number/ }),
  ]) {
    await popup.keyboard.press('Tab');
    await expect(next).toBeFocused();
  }
  await popup.keyboard.press('Space');
  await popup.keyboard.press('Tab');
  await expect(popup.getByLabel('Phone number with country code')).toBeFocused();
  await popup.keyboard.type('+44 20 7946 0018');
  await popup.keyboard.press('Tab');
  await expect(shareButton(popup)).toBeFocused();
  // A press so soon after the page appeared is answered, but agrees to nothing.
  await expect(shareButton(popup)).toBeEnabled();
  await closesAfter(popup, () => popup.keyboard.press('Space'));
  expect(await received(page, shop)).toMatchObject({ name: 'Ada Byron', phone_number: '+44 20 7946 0018' });
});

test('the popup has the language and theme that the shop asks for', async ({ page, platform, site }) => {
  const dutch = await openShop({ platform, site }, { attributes: { language: 'nl', theme: 'dark' } });
  const ada = await somebodyWithAccount(platform);
  await page.goto(dutch.url);
  const popup = await openPopup(page);
  const root = popup.locator('html');
  await expect(root).toHaveAttribute('lang', 'nl');
  await expect(root).toHaveAttribute('dir', 'ltr');
  await expect(root).toHaveCSS('color-scheme', 'dark');
  await popup.getByRole('link', { name: 'Maak een account' }).click();
  await expect(root).toHaveAttribute('lang', 'nl');
  await expect(root).toHaveCSS('color-scheme', 'dark');
  await popup.goBack();
  await popup.getByLabel('E-mailadres').fill(ada.email);
  await popup.getByLabel('Wachtwoord').fill(ada.password);
  await popup.getByRole('button', { name: 'Inloggen' }).click();
  await expect(popup.getByText('Test Shop').first()).toBeVisible();
  await expect(root).toHaveAttribute('lang', 'nl');
  await expect(root).toHaveCSS('color-scheme', 'dark');
  await popup.close();

  const arabic = await openShop({ platform, site }, { attributes: { language: 'ar', theme: 'light' } });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(arabic.url);
  const consent = await openPopup(page);
  await expect(consent.locator('html')).toHaveAttribute('lang', 'ar');
  await expect(consent.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(consent.locator('html')).toHaveCSS('color-scheme', 'light');
});

test('without a theme, the popup follows the colour scheme of the system', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const background = (popup: Page) => popup.locator('html').evaluate((root) => getComputedStyle(root).backgroundColor);
  const seen: string[] = [];
  await page.goto(shop.url);
  for (const colorScheme of ['light', 'dark'] as const) {
    const popup = await openPopup(page);
    await popup.emulateMedia({ colorScheme });
    await expect(popup.locator('html')).toHaveCSS('color-scheme', 'light dark');
    seen.push(await background(popup));
    await cancel(popup);
  }
  expect(new Set(seen).size).toBe(2);
});

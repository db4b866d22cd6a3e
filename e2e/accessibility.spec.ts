import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { hashPassword } from '../server/domain/accounts/passwords.ts';
import { startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import {
  expectAccessible,
  expectNoMotion,
  expectNoViolations,
  expectVisibleFocus,
  POPUP_ROOM,
  TAB_ROOM,
} from './support/accessibility.ts';
import { askNothing } from './support/ask-nothing.ts';
import { openPopup, openShop, openSignUpForm, share, signIn, somebodyWithAccount, widgetOn } from './support/people.ts';
import { expect, type RunningPlatform, type RunningStore, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

/** Every page in every state that looks different, in light and dark, at the popup's width and on a narrow screen. */

interface Place {
  page: Page;
  platform: RunningPlatform;
  store: RunningStore;
  site: VendorSite;
}

const ORIGIN = 'https://shop.example';
const EVERY_FIELD = 'name email phone_number address locale picture';

interface Asked {
  environment?: 'localhost' | 'production';
  fields?: string;
  language?: string;
}

/** Opens the popup's first page in `page` itself. */
async function openPage({ page, platform }: Pick<Place, 'page' | 'platform'>, asked: Asked = {}): Promise<string> {
  const { environment = 'localhost', ...parameters } = asked;
  const { clientId } = await platform.createApp({
    name: 'Bonsai & Bark',
    environment,
    origins: [ORIGIN],
    privacyPolicyUri: `${ORIGIN}/privacy`,
    termsUri: `${ORIGIN}/terms`,
  });
  const query = new URLSearchParams({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n', ...parameters });
  await page.goto(`${platform.url}/popup?${query}`);
  return clientId;
}

const pick = (page: Page, name: string | RegExp) => page.locator('.persona').filter({ hasText: name }).click();

async function send(page: Page, form: string): Promise<void> {
  await page.locator(`form[action$=${form}]`).evaluate(askNothing);
  await page.locator(`button[form=${form}], form[action$=${form}] .button`).first().click();
}

const POPUP: Record<string, (place: Place) => Promise<unknown>> = {
  'sign-in': (place) => openPage(place, { environment: 'production' }),
  'sign-in with test people': (place) => openPage(place),
  'sign-in in Arabic': (place) => openPage(place, { language: 'ar' }),
  'sign-in after a wrong password': async (place) => {
    await openPage(place, { environment: 'production' });
    await signIn(place.page, { email: 'ada@example.com', password: 'wrong' });
    await expect(place.page.getByRole('alert')).toBeVisible();
  },
  'sign-in after too many': async (place) => {
    await openPage(place, { environment: 'production' });
    const email = `${randomUUID()}@example.com`;
    const csrf = await place.page.locator('form[action$=sign-in] [name=csrf]').inputValue();
    const action = await place.page.locator('form[action$=sign-in]').getAttribute('action');
    for (let count = 0; count < 10; count += 1) {
      await place.page.request.post(place.platform.url + action, {
        form: { csrf, email, password: 'wrong' },
        headers: { origin: place.platform.url },
      });
    }
    await signIn(place.page, { email, password: 'wrong' });
    await expect(place.page.getByRole('alert')).toContainText('Too many attempts');
  },
  'sign-in with a blocked test person': async (place) => {
    await openPage(place);
    await pick(place.page, 'Bo Blocked');
    await expect(place.page.getByRole('alert')).toBeVisible();
  },
  'sign-up by a code': async (place) => {
    await openPage(place, { fields: EVERY_FIELD });
    await place.page.getByRole('link', { name: 'Create an account' }).click();
    await place.page.getByLabel('Email').waitFor();
  },
  'a code': async (place) => {
    await openPage(place, { fields: EVERY_FIELD });
    await place.page.getByLabel('Email').fill('ada.code@example.com');
    await place.page.getByRole('button', { name: 'Email me a code' }).click();
    await place.page.getByLabel('Code').fill('000000');
    await place.page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect(place.page.getByRole('alert')).toBeVisible();
  },
  'sign-up': async (place) => {
    await openPage(place, { environment: 'production' });
    await openSignUpForm(place.page);
    await place.page.getByLabel('Password').fill('some');
  },
  'sign-up with mistakes': async (place) => {
    await openPage(place, { environment: 'production' });
    await openSignUpForm(place.page);
    await place.page.getByLabel('First name').fill('<b>');
    await place.page.getByLabel('Email').fill('ada');
    await send(place.page, 'sign-up');
    await expect(place.page.getByRole('alert')).toBeVisible();
  },
  'consent to every kind of field': async (place) => {
    await openPage(place, { fields: EVERY_FIELD });
    const ada = await somebodyWithAccount(place.platform, {
      phoneNumber: '+31 20 555 0101',
      address: {
        street_address: '12 Canal Street\nApartment 4',
        postal_code: '1012 AB',
        locality: 'Amsterdam',
        country: 'NL',
      },
      locale: 'nl-NL',
      picture: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
    });
    await signIn(place.page, ada);
    await expect(place.page.getByRole('checkbox').first()).toBeVisible();
  },
  'consent that asks for what is lacking': async (place) => {
    await openPage(place, { fields: EVERY_FIELD });
    await pick(place.page, 'Noa Newcomer');
    for (const checkbox of await place.page.getByRole('checkbox').all()) await checkbox.check();
  },
  'consent with mistakes': async (place) => {
    await openPage(place, { fields: EVERY_FIELD });
    await pick(place.page, 'Noa Newcomer');
    for (const checkbox of await place.page.getByRole('checkbox').all()) await checkbox.check();
    await place.page.getByLabel('Phone number with country code').fill('12');
    await send(place.page, 'consent');
    await expect(place.page.getByRole('alert')).toBeVisible();
  },
  'consent of somebody with a very long name': async (place) => {
    await openPage(place, { fields: EVERY_FIELD });
    await pick(place.page, 'Maximiliane');
    await expect(place.page.getByRole('button', { name: /^Share and continue/ })).toBeVisible();
  },
  'consent in Arabic': async (place) => {
    await openPage(place, { fields: EVERY_FIELD, language: 'ar' });
    await pick(place.page, 'ليلى');
    await expect(place.page.getByRole('checkbox').first()).toBeVisible();
  },
  'delivery without anybody to deliver to': async (place) => {
    await openPage(place);
    await pick(place.page, 'Jane Doe');
    await place.page.getByRole('button', { name: /^Share and continue/ }).click();
    await expect(place.page.getByRole('heading', { name: /^We couldn’t return you/ })).toBeVisible();
  },
};

const ERRORS: Record<string, (place: Place) => Promise<unknown>> = {
  unknown_app: ({ page, platform }) => page.goto(`${platform.url}/popup?client_id=x&origin=x&state=s&nonce=n`),
  app_disabled: async (place) => {
    const clientId = await openPage(place);
    const { appId = '' } = (await place.platform.storage.appEnvironments.findByClientId(clientId)) ?? {};
    await place.platform.storage.apps.setDisabled(appId, true);
    await place.page.reload();
  },
  app_not_approved: async ({ page, platform }) => {
    const { clientId } = await platform.createApp({ environment: 'production', review: 'pending', origins: [] });
    await page.goto(`${platform.url}/popup?client_id=${clientId}&origin=x&state=s&nonce=n`);
  },
  origin_not_registered: async (place) => {
    await openPage(place);
    await place.page.goto(place.page.url().replace('shop.example', 'evil.example'));
  },
  invalid_request: ({ page, platform }) => page.goto(`${platform.url}/popup`),
  expired: ({ page, platform }) => page.goto(`${platform.url}/interaction/abc`),
  forbidden: async (place) => {
    await openPage(place, { environment: 'production' });
    await place.page.locator('form[action$=cancel] [name=csrf]').evaluate((input) => {
      (input as HTMLInputElement).value = 'x';
    });
    await place.page.getByRole('button', { name: 'Cancel' }).click();
  },
  not_found: ({ page, platform }) => page.goto(`${platform.url}/nothing/here`),
  // Served by another platform whose database is broken.
  server_error: async ({ page }) => {
    const broken = await brokenPlatform();
    await page.goto(`${broken.url}/popup?client_id=x&origin=x&state=s&nonce=n`);
    await broken.close();
  },
};

async function brokenPlatform(): Promise<TestPlatform> {
  const broken = await startTestPlatform();
  await broken.database.close();
  return broken;
}

/** Somebody signs up in the sandbox. @returns the code that is mailed to the address */
async function claimAddress(
  { storage }: Pick<TestPlatform, 'storage'>,
  purpose: 'verify_email' | 'reset_password' = 'verify_email',
): Promise<string> {
  const { accounts, emailCodes } = storage.realm('sandbox');
  const email = `${randomUUID()}@example.com`;
  const passwordHash = await hashPassword('an engine of difference');
  const { id } = await accounts.create({ email, passwordHash });
  return emailCodes.create(id, email, 60, purpose);
}

const MAILS: Record<string, (place: Place) => Promise<unknown>> = {
  'the question in a confirmation mail’s link': ({ page, platform }) =>
    page.goto(`${platform.url}/confirm-email?code=abc`),
  'a link that does not work any more': async ({ page, platform }) => {
    await page.goto(`${platform.url}/confirm-email?code=abc`);
    await page.getByRole('button', { name: 'Confirm this address' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link no longer works');
  },
  'a confirmed address': async ({ page, platform }) => {
    await page.goto(`${platform.url}/sandbox/confirm-email?code=${await claimAddress(platform)}`);
    await page.getByLabel('Password').fill('an engine of difference');
    await page.getByRole('button', { name: 'Confirm this address' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your email address is confirmed');
  },
  'a wrong password for a confirmation': async ({ page, platform }) => {
    await page.goto(`${platform.url}/sandbox/confirm-email?code=${await claimAddress(platform)}`);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Confirm this address' }).click();
    await expect(page.getByText('This isn’t the password')).toBeVisible();
  },
  'the question before an account is replaced': async ({ page, platform }) => {
    await page.goto(`${platform.url}/sandbox/confirm-email?code=${await claimAddress(platform)}`);
    await page.getByRole('link', { name: 'I don’t know the password' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Start over with a new password');
  },
  'a replaced account': async ({ page, platform }) => {
    await page.goto(`${platform.url}/sandbox/confirm-email/anew?code=${await claimAddress(platform)}`);
    await page.getByLabel('New password').fill('a difference of engines');
    await page.getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your email address is confirmed');
  },
  'a reset that ends what was set up before': async ({ page, platform }) => {
    await page.goto(
      `${platform.url}/sandbox/account/reset-password?code=${await claimAddress(platform, 'reset_password')}`,
    );
    await expect(page.getByText('everything that was set up with it before')).toBeVisible();
  },
  'mail for developers': async ({ page, platform }) => {
    await platform.storage.mails.add(
      {
        to: 'ada@example.com',
        subject: 'Confirm your email address',
        text: 'Open this link:\n\nhttps://id.example/confirm',
      },
      false,
    );
    await page.goto(platform.mailPage ?? '');
  },
};

const STORE: Record<string, (place: Place) => Promise<unknown>> = {
  'front page': ({ page, store }) => page.goto(store.url),
  registration: ({ page, store }) => page.goto(`${store.url}/register`),
  'registration with mistakes': async ({ page, store }) => {
    await page.goto(`${store.url}/register`);
    await page.locator('form[action="/register"]').evaluate(askNothing);
    await page.getByRole('button', { name: 'Create my account' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  'filled registration': async (place) => {
    await fillByPlatform(place);
  },
  welcome: async (place) => {
    const { page } = place;
    await fillByPlatform(place);
    await page.getByRole('button', { name: 'Create my account' }).click();
    await expect(page.getByRole('heading', { name: /Welcome/ })).toBeVisible();
  },
  privacy: ({ page, store }) => page.goto(`${store.url}/privacy`),
  'not found': ({ page, store }) => page.goto(`${store.url}/nothing`),
};

async function fillByPlatform({ page, platform, store }: Place): Promise<void> {
  const ada = await somebodyWithAccount(platform);
  await page.goto(`${store.url}/register`);
  const popup = await openPopup(page, widgetOn(page).button);
  await signIn(popup, ada);
  await share(popup);
  await expect(page.getByLabel('First name')).toHaveValue(ada.givenName);
}

const FRONT: Record<string, (place: Place) => Promise<unknown>> = {
  'start page': ({ page, platform }) => page.goto(platform.url),
  'start page, from right to left': ({ page, platform }) => page.goto(`${platform.url}/?language=ar`),
};

for (const [group, places] of Object.entries({
  front: FRONT,
  popup: POPUP,
  'error page': ERRORS,
  mail: MAILS,
  store: STORE,
})) {
  for (const [name, reach] of Object.entries(places)) {
    test(`${group}: ${name}`, async ({ page, platform, store, site }) => {
      await page.setViewportSize({ width: 480, height: 680 });
      await reach({ page, platform, store, site });
      const isInTab = group === 'store' || group === 'front';
      await expectAccessible(page, isInTab ? TAB_ROOM : POPUP_ROOM);
      if (!isInTab) return;
      await page.setViewportSize({ width: 1280, height: 800 });
      await expectNoViolations(page);
    });
  }
}

test('documentation: the API', async ({ page, platform }) => {
  // The page is long, so axe needs more time.
  test.slow();
  for (const [colorScheme, width, rules] of [
    ['light', 1280, ['color-contrast']],
    ['dark', 320, undefined],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${platform.url}/docs/api`);
    await expectNoViolations(page, rules);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
  }
});

const WIDGET: Record<string, (page: Page) => Promise<void>> = {
  idle: async () => {},
  waiting: async (page) => {
    await openPopup(page);
  },
  completed: async (page) => {
    const popup = await openPopup(page);
    await pick(popup, 'Jane Doe');
    await share(popup);
  },
  cancelled: async (page) => {
    const popup = await openPopup(page);
    await popup.getByRole('button', { name: 'Cancel' }).click();
  },
  blocked: async (page) => {
    await page.evaluate(() => {
      window.open = () => null;
    });
    await widgetOn(page).button.click();
  },
  failed: async (page) => {
    await widgetOn(page).element.evaluate((element) => element.removeAttribute('client-id'));
    await widgetOn(page).button.click();
  },
  'timed-out': async (page) => {
    await widgetOn(page).element.evaluate((element) => {
      const widget = element as HTMLElementTagNameMap['signup-with-platform'];
      widget.timings = { ...widget.timings, timeoutMs: 500 };
    });
    await openPopup(page);
  },
};

/** Sets the background explicitly, because axe assumes white for a page that leaves its background to the browser. */
const BOTH_SCHEMES =
  '<style>:root { color-scheme: light dark; color: CanvasText; background: light-dark(#fff, #121212) }</style>';

for (const [state, reach] of Object.entries(WIDGET)) {
  test(`widget: ${state}`, async ({ page, platform, site }) => {
    const shop = await openShop(
      { platform, site },
      {
        html: (tag, script) =>
          `<!doctype html><html lang="en"><title>A shop</title>${BOTH_SCHEMES}${script}<main><h1>Sign up</h1>${tag}</main></html>`,
      },
    );
    await page.goto(shop.url);
    await reach(page);
    await expect(widgetOn(page).element).toHaveAttribute('state', state);
    await expectAccessible(page);
    const { height = 0 } = (await widgetOn(page).button.boundingBox()) ?? {};
    expect(height).toBeGreaterThanOrEqual(44);
    // What a page says is said to people who do not see it, too.
    if (state !== 'idle') await expect(widgetOn(page).status).toHaveText(/\S/);
  });
}

test('the focus is visible at every stop, and nothing moves when reduced motion is preferred', async ({
  page,
  platform,
  store,
  site,
}) => {
  test.slow();
  const place = { page, platform, store, site };
  await page.setViewportSize({ width: 480, height: 680 });
  for (const [name, reach] of Object.entries({
    'sign-in with test people': POPUP['sign-in with test people'],
    'sign-up with mistakes': POPUP['sign-up with mistakes'],
    'consent that asks for what is lacking': POPUP['consent that asks for what is lacking'],
    'delivery without anybody to deliver to': POPUP['delivery without anybody to deliver to'],
    unknown_app: ERRORS['unknown_app'],
    registration: STORE['registration'],
    welcome: STORE['welcome'],
  })) {
    await test.step(name, async () => {
      await page.context().clearCookies();
      await reach?.(place);
      const stops = await expectVisibleFocus(page);
      expect(stops.length).toBeGreaterThan(0);
      await expectNoMotion(page);
      await page.emulateMedia({ reducedMotion: null });
    });
  }
});

test('each language has its own direction', async ({ page, platform }) => {
  for (const [language, direction] of [
    ['en', 'ltr'],
    ['nl', 'ltr'],
    ['de', 'ltr'],
    ['fr', 'ltr'],
    ['es', 'ltr'],
    ['ar', 'rtl'],
  ] as const) {
    await openPage({ page, platform }, { language });
    const root = page.locator('html');
    await expect(root).toHaveAttribute('lang', language);
    await expect(root).toHaveAttribute('dir', direction);
    // Text that is always written from left to right stays so.
    await expect(page.getByText(ORIGIN)).toHaveCSS('direction', 'ltr');
  }
});

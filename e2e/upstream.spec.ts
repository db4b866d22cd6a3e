import type { Page } from '@playwright/test';
import { createStore } from '../demo/app.ts';
import { issuerOf } from '../protocol/index.ts';
import {
  ADA,
  BOB,
  signInThere,
  startUpstreamPlatform,
  type UpstreamPlatform,
} from '../server/testing/upstream-journey.ts';
import { openPopup, share } from './support/people.ts';
import { test as base, expect } from './support/test.ts';

/** Other logins, with a second real server, in a browser: the shop, the platform and the login are three sites. */
interface Scene {
  platform: UpstreamPlatform;
  shop: string;
}

/** A platform with these upstreams, and the demo store as its shop in production. */
async function openScene(
  settings: Record<string, unknown>,
  alone: boolean,
): Promise<Scene & { close(): Promise<void> }> {
  const platform = await startUpstreamPlatform({ name: 'Acme', ...settings }, { alone });
  const { clientId } = await platform.createApp({ name: 'Fern & Field', environment: 'production', origins: [] });
  const issuer = issuerOf(platform.url, 'production');
  const app = createStore({ platformUrl: platform.url, issuer, clientId });
  const shop = await app.listen({ host: '127.0.0.1', port: 0 });
  await platform.storage.appEnvironments.setOrigins(clientId, [shop]);
  return {
    platform,
    shop,
    close: async () => {
      await app.close();
      await platform.close();
    },
  };
}

const test = base.extend<{ scene: Scene; settings: Record<string, unknown> }>({
  settings: [{ trust_email: true }, { option: true }],
  scene: async ({ settings }, use) => {
    const scene = await openScene(settings, settings['only'] === true);
    await use(scene);
    await scene.close();
  },
});

const atLogin = (popup: Page) => popup.getByRole('heading', { name: 'Sign in at Acme' });
const goThere = (popup: Page) => popup.getByRole('button', { name: 'Continue with Acme' }).click();
const filledIn = (page: Page) => expect(page.getByText('We have filled in the form for you.')).toBeVisible();

test('somebody new signs in at another login, agrees, and is a customer; later they come back without a question', async ({
  page,
  scene: { platform, shop },
}) => {
  await page.goto(`${shop}/register`);
  const popup = await openPopup(page);
  await goThere(popup);
  await expect(atLogin(popup)).toBeVisible();
  await popup.getByRole('link', { name: ADA.sub }).click();
  await share(popup);
  await filledIn(page);
  await expect(page.getByLabel('Email')).toHaveValue(ADA.email);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');

  // In a browser that knows nothing of them.
  await page.context().clearCookies();
  await page.goto(`${shop}/register`);
  const again = await openPopup(page);
  await goThere(again);
  await again.getByRole('link', { name: ADA.sub }).click();
  await filledIn(page);
  const identities = platform.storage.realm('production').identities;
  expect(await identities.use({ issuer: platform.acme.issuer, subject: ADA.sub })).toBeTruthy();
});

test('who declines there is back in the window, may try again, and may leave', async ({ page, scene: { shop } }) => {
  await page.goto(`${shop}/register`);
  const popup = await openPopup(page);
  await goThere(popup);
  await popup.getByRole('link', { name: 'declines' }).click();
  await expect(popup.getByRole('alert')).toContainText('You didn’t sign in at Acme');
  await goThere(popup);
  await popup.getByRole('link', { name: BOB.sub }).click();
  await expect(popup.getByRole('heading', { name: /Share your details/ })).toBeVisible();
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: 'Cancel' }).click();
  await closed;
});

test.describe('a login that is down', () => {
  // Nothing listens there. What an upstream has said of itself is believed for an hour, so that this one has never said anything.
  test.use({ settings: { issuer: 'http://127.0.0.1:9' } });

  test('is said to be, and the platform’s own ways go on', async ({ page, scene: { shop } }) => {
    await page.goto(`${shop}/register`);
    const popup = await openPopup(page);
    await goThere(popup);
    await expect(popup.getByRole('alert')).toContainText('Acme can’t be reached');
    await expect(popup.getByRole('textbox', { name: 'Password' })).toBeVisible();
  });
});

test('the answer of one login is none of another (mix-up)', async ({ page, scene: { platform, shop } }) => {
  await page.goto(`${shop}/register`);
  const popup = await openPopup(page);
  await goThere(popup);
  await expect(atLogin(popup)).toBeVisible();
  // Whoever runs the other login leads the person to it, with the state of the attempt at the first.
  const asked = platform.acme.asked.at(-1);
  platform.other.auto = ADA.sub;
  const elsewhere = new URL(`${platform.other.issuer}/auth?${asked}`);
  elsewhere.searchParams.set('redirect_uri', `${platform.url}/upstream/other/callback`);
  await popup.goto(elsewhere.href);
  await expect(popup.getByRole('heading', { name: 'This took too long' })).toBeVisible();
  await expect(popup.getByRole('button', { name: /Share/ })).toHaveCount(0);
});

test('an answer that an attacker has got for themselves signs nobody else in', async ({
  page,
  browser,
  scene: { platform, shop },
}) => {
  const attacker = await (await browser.newContext()).newPage();
  await attacker.goto(`${shop}/register`);
  const theirs = await openPopup(attacker);
  await goThere(theirs);
  await expect(atLogin(theirs)).toBeVisible();
  platform.acme.auto = BOB.sub;
  const stolen = (await signInThere(new URL(`${platform.acme.issuer}/auth?${platform.acme.asked.at(-1)}`))).href;
  expect(stolen).toContain('code=');

  await page.goto(`${shop}/register`);
  const popup = await openPopup(page);
  await expect(popup.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await popup.goto(stolen);
  await expect(popup.getByRole('heading', { name: 'This took too long' })).toBeVisible();
  await page.goto(`${platform.url}/account`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test.describe('the only way in', () => {
  test.use({ settings: { only: true, trust_email: true } });

  test('is where the shop’s button leads: one press there, one page here', async ({ page, scene: { shop } }) => {
    await page.goto(`${shop}/register`);
    const popup = await openPopup(page);
    await popup.getByRole('link', { name: ADA.sub }).click();
    await share(popup);
    await filledIn(page);
  });

  test('takes a press where another site asks', async ({ page, scene: { platform, shop } }) => {
    await page.goto(`${shop}/register`);
    const [request] = await Promise.all([
      page.context().waitForEvent('request', (each) => each.url().startsWith(`${platform.url}/popup?`)),
      openPopup(page),
    ]);
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(request.url());
    await expect(elsewhere.getByRole('button', { name: 'Continue with Acme' })).toBeVisible();
    await expect(elsewhere.getByRole('textbox')).toHaveCount(0);
  });
});

test.describe('a login that cuts windows off from who opened them', () => {
  test.use({ settings: { trust_email: true, coop: 'auto' } });
  /** The shop gets its credential although the login’s pages have `Cross-Origin-Opener-Policy: same-origin`. */
  const openBeside = async (page: Page, { platform, shop }: Scene) => {
    platform.acme.coop = 'same-origin';
    await page.goto(`${shop}/register`);
    const popup = await openPopup(page);
    await goThere(popup);
    await expect(popup.getByRole('heading', { name: 'Sign in at Acme' })).toBeVisible();
    const opened = page.context().waitForEvent('page');
    await popup.getByRole('link', { name: 'Continue with Acme' }).click();
    return { popup, beside: await opened };
  };

  test('opens in a window of its own, and the popup goes on by itself', async ({ page, scene }) => {
    const { popup, beside } = await openBeside(page, scene);
    await beside.getByRole('link', { name: ADA.sub }).click();
    await expect(beside.getByRole('heading', { name: 'You’re signed in' })).toBeVisible();
    await share(popup);
    await filledIn(page);
  });

  test('says in the popup what went wrong in that window', async ({ page, scene }) => {
    const { popup, beside } = await openBeside(page, scene);
    await beside.getByRole('link', { name: 'declines' }).click();
    await expect(beside.getByRole('heading', { name: 'You’re not signed in' })).toBeVisible();
    await expect(popup.getByRole('alert')).toContainText('You didn’t sign in at Acme');
  });

  test('signs nobody in who was lured to that window', async ({ page, browser, scene }) => {
    const { popup } = await openBeside(page, scene);
    const address = (await popup.getByRole('link', { name: 'Continue with Acme' }).getAttribute('href')) ?? '';
    const victim = await (await browser.newContext()).newPage();
    await victim.goto(address);
    await victim.getByRole('link', { name: BOB.sub }).click();
    await expect(victim.getByRole('heading', { name: 'This took too long' })).toBeVisible();
    await popup.getByRole('link', { name: 'Continue', exact: true }).click();
    await expect(popup.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();
  });
});

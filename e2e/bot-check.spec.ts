import type { Page } from '@playwright/test';
import { createStore } from '../demo/app.ts';
import { issuerOf } from '../protocol/index.ts';
import { hashPassword } from '../server/domain/accounts/passwords.ts';
import { startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import { expectAccessible } from './support/accessibility.ts';
import { openPopup, share, shareButton, signIn, somebody } from './support/people.ts';
import { test as base, expect } from './support/test.ts';

// Strangers' browsers work before a mail is sent, and nobody has to do anything for it.

interface Scene {
  platform: TestPlatform;
  shop: string;
}

const test = base.extend<object, { scene: Scene }>({
  scene: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const platform = await startTestPlatform({ BOT_CHECK: 'always' });
      const { clientId } = await platform.createApp({ name: 'Fern & Field', environment: 'production', origins: [] });
      const app = createStore({ platformUrl: platform.url, issuer: issuerOf(platform.url, 'production'), clientId });
      const shop = await app.listen({ host: '127.0.0.1', port: 0 });
      await platform.storage.appEnvironments.setOrigins(clientId, [shop]);
      await use({ platform, shop });
      await app.close();
      await platform.close();
    },
    { scope: 'worker' },
  ],
});

const askForCode = (popup: Page) => popup.getByRole('button', { name: 'Email me a code' }).click();
const working = (page: Page) => page.getByText('Your browser is showing that it isn’t a robot.');

/** What the page's policy has stopped. */
async function watchPolicy(page: Page): Promise<string[]> {
  const stopped: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) stopped.push(message.text());
  });
  return stopped;
}

async function codeFor({ platform }: Scene, email: string): Promise<string> {
  let code: string | undefined;
  await expect(async () => {
    const mail = (await platform.storage.mails.list()).find(({ to }) => to === email);
    code = /\d{6}/.exec(mail?.subject ?? '')?.[0];
    expect(code).toBeDefined();
  }).toPass();
  return code ?? '';
}

test('from the first page, a page comes between that sends itself', async ({ page, scene }) => {
  await page.goto(`${scene.shop}/register`);
  const popup = await openPopup(page);
  const stopped = await watchPolicy(popup);
  const { email } = somebody();
  await popup.getByLabel('Email').fill(email);
  await askForCode(popup);
  await expect(popup.getByRole('heading', { name: 'Check your email' })).toBeVisible({ timeout: 30_000 });
  await popup.getByLabel('Code').fill(await codeFor(scene, email));
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
  await popup.getByLabel('First name').fill('Ada');
  await popup.getByLabel('Last name').fill('Byron');
  await popup.getByRole('button', { name: 'Continue', exact: true }).click();
  await share(popup);
  await expect(page.getByText('We have filled in the form for you.')).toBeVisible();
  expect(stopped).toEqual([]);
});

test('the page between says what it does, in a way that everybody can read', async ({ page, scene }) => {
  await page.goto(`${scene.shop}/register`);
  const popup = await openPopup(page);
  // As on a device that is too slow to be watched.
  await popup.addInitScript(() => {
    crypto.subtle.deriveBits = () => new Promise(() => {});
  });
  await popup.getByLabel('Email').fill(somebody().email);
  await askForCode(popup);
  await expect(popup.getByRole('heading', { name: 'One moment' })).toBeVisible();
  await expect(working(popup)).toHaveRole('status');
  await expectAccessible(popup);
});

test('while an address is typed, the puzzle is solved, and the page stays responsive', async ({ page, scene }) => {
  await page.goto(`${scene.shop}/register`);
  const popup = await openPopup(page);
  await popup.getByRole('link', { name: 'Create an account' }).click();
  await expect(working(popup)).toBeHidden();
  await popup.getByLabel('Email').fill(somebody().email);
  const solved = () => popup.locator('[name=altcha]').evaluate((input: HTMLInputElement) => atob(input.value));
  await expect.poll(solved, { timeout: 30_000 }).toContain('"derivedKey"');
  await askForCode(popup);
  await expect(popup.getByRole('heading', { name: 'Check your email' })).toBeVisible();
});

test('whoever is faster than the puzzle reads so, and the form goes when it is solved, once', async ({
  page,
  scene,
}) => {
  await page.addInitScript(() => {
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
    let released: () => void;
    const gate = new Promise<void>((resolve) => {
      released = resolve;
    });
    Object.assign(window, { release: () => released() });
    crypto.subtle.deriveBits = async (...asked) => {
      await gate;
      return derive(...asked);
    };
  });
  await page.goto(`${scene.platform.url}/account/sign-up`);
  const { email, password } = somebody();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  const posts: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(working(page)).toBeVisible();
  // The button says that it is busy.
  await page.getByLabel('Password', { exact: true }).press('Enter');
  expect(posts).toEqual([]);
  await page.evaluate(() => (window as unknown as { release(): void }).release());
  await expect(page).toHaveURL(`${scene.platform.url}/account`, { timeout: 30_000 });
  expect(posts).toHaveLength(1);
});

test('a form that has waited goes where its own address says, which is not that of the page', async ({
  page,
  scene,
}) => {
  await page.goto(`${scene.shop}/register`);
  const popup = await openPopup(page);
  await popup.addInitScript(() => {
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
    const slowMs = 1_000;
    const later = new Promise((resolve) => setTimeout(resolve, slowMs));
    crypto.subtle.deriveBits = async (...asked) => {
      await later;
      return derive(...asked);
    };
  });
  await popup.getByRole('link', { name: 'Create an account' }).click();
  await popup.getByLabel('Email').fill(somebody().email);
  await popup.getByLabel('Email').press('Enter');
  await expect(working(popup)).toBeVisible();
  await expect(popup.getByRole('heading', { name: 'Check your email' })).toBeVisible({ timeout: 30_000 });
});

test('what another button of the form says is kept while it waits', async ({ page, scene }) => {
  await page.goto(`${scene.platform.url}/account/sign-up`);
  await page.locator('form:has([name=altcha])').evaluate((form) => {
    form.insertAdjacentHTML(
      'beforeend',
      '<button name="way" value="sign_up" formaction="/account/elsewhere" formnovalidate>Another way</button>',
    );
  });
  const posted = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Another way' }).click();
  const request = await posted;
  expect(new URL(request.url()).pathname).toBe('/account/elsewhere');
  const sent = new URLSearchParams(request.postData() ?? '');
  expect(sent.getAll('way')).toEqual(['sign_up']);
  expect(atob(sent.get('altcha') ?? '')).toContain('"derivedKey"');
});

test('what is missing is said before anybody waits', async ({ page, scene }) => {
  await page.goto(`${scene.platform.url}/account/sign-up`);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('Fill this in.').first()).toBeVisible();
  await expect(working(page)).toBeHidden();
});

test('without a script, the page says how long to wait', async ({ browser, scene }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en' });
  const page = await context.newPage();
  await page.goto(`${scene.platform.url}/account/forgot-password`);
  await page.getByLabel('Email').fill(somebody().email);
  await page.getByRole('button').first().click();
  await expect(page.getByRole('heading', { name: 'One moment' })).toBeVisible();
  await expect(page.getByText('wait 20 seconds before you press the button')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/That was a little early\. Wait \d+ seconds/)).toBeVisible();
  await context.close();
});

test('somebody who comes back meets none of it', async ({ page, scene }) => {
  const { email, password, ...name } = somebody();
  await scene.platform.storage
    .realm('production')
    .accounts.create({ ...name, email, emailVerified: true, passwordHash: await hashPassword(password) });
  await page.goto(`${scene.shop}/register`);
  const popup = await openPopup(page);
  const isThere = async () => (await popup.content()).includes('altcha');
  expect(await isThere()).toBe(false);
  await signIn(popup, { email, password });
  await expect(shareButton(popup)).toBeVisible();
  expect(await isThere()).toBe(false);
});

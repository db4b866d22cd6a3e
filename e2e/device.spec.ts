import type { Page } from '@playwright/test';
import * as client from 'openid-client';
import { issuerOf } from '../protocol/index.ts';
import { expectNoSidewaysScrolling, expectNoViolations } from './support/accessibility.ts';
import { shareButton, signUp, somebody } from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

/** A till in a shop (RFC 8628), by a library that knows only what a vendor pastes; the person comes with a phone. */

test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

async function newTill(platform: RunningPlatform, name = 'Fern & Field') {
  const { clientId, clientSecret } = await platform.createApp({
    name,
    environment: 'production',
    origins: ['https://fern.example'],
    deviceFlow: true,
  });
  const issuer = new URL(issuerOf(platform.url, 'production'));
  const config = await client.discovery(issuer, clientId, clientSecret, undefined, {
    execute: [client.allowInsecureRequests],
  });
  return { config, ask: () => client.initiateDeviceAuthorization(config, { scope: 'openid email' }) };
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const itIsMine = (page: Page) => page.getByRole('button', { name: 'The device shows this code' });

async function isAccessible(page: Page): Promise<void> {
  await expectNoViolations(page);
  await expectNoSidewaysScrolling(page);
}

test('a person scans the QR code of a till, signs up, agrees, and the till goes on', async ({ page, platform }) => {
  const { config, ask } = await newTill(platform);
  const device = await ask();
  const tokens = client.pollDeviceAuthorizationGrant(config, device);
  await page.goto(device.verification_uri_complete ?? '');
  await expect(heading(page, 'Sign in to Fern & Field on another device?')).toBeVisible();
  await expect(page.getByText(device.user_code)).toBeVisible();
  await expect(page.getByText('https://fern.example')).toBeVisible();
  await expect(page.getByText(/Only go on if you started this on a device in front of you/)).toBeVisible();
  await isAccessible(page);
  await itIsMine(page).click();
  const ada = somebody();
  await signUp(page, ada);
  await shareButton(page).click();
  await expect(heading(page, 'Done: go back to the device')).toBeVisible();
  await isAccessible(page);
  expect((await tokens).claims()?.['email']).toBe(ada.email);
});

test('a person types the code by keyboard, corrects it, and cancels: the till hears so', async ({ page, platform }) => {
  const { config, ask } = await newTill(platform);
  const device = await ask();
  const refused = client.pollDeviceAuthorizationGrant(config, device).catch((error) => error);
  await page.goto(device.verification_uri);
  await expect(heading(page, 'Enter the code from your device')).toBeVisible();
  await isAccessible(page);
  const box = page.getByRole('textbox', { name: 'Code on the device' });
  await expect(box).toBeFocused();
  await page.keyboard.type('bbbb bbbb');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('No device is waiting with this code');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await isAccessible(page);
  await box.fill(device.user_code.toLowerCase().replace('-', ''));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(heading(page, 'The device was not connected')).toBeVisible();
  await isAccessible(page);
  expect(await refused).toMatchObject({ error: 'access_denied' });
});

test('whoever is signed in and has agreed before still says that the device is theirs', async ({ page, platform }) => {
  const { config, ask } = await newTill(platform);
  const first = await ask();
  await page.goto(first.verification_uri_complete ?? '');
  await itIsMine(page).click();
  const ada = somebody();
  await signUp(page, ada);
  await shareButton(page).click();
  await expect(heading(page, /^Done/)).toBeVisible();
  const second = await ask();
  await page.goto(second.verification_uri_complete ?? '');
  await expect(page.getByText(ada.email)).toBeVisible();
  const tokens = client.pollDeviceAuthorizationGrant(config, second);
  await itIsMine(page).click();
  await expect(heading(page, /^Done/)).toBeVisible();
  expect((await tokens).claims()?.['is_new_user']).toBeDefined();
});

test('a phishing page cannot frame the question, nor send its form', async ({ page, platform }) => {
  const { ask } = await newTill(platform);
  const device = await ask();
  await page.route('https://evil.example/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe src="${device.verification_uri_complete}"></iframe>`,
    }),
  );
  await page.goto('https://evil.example/');
  await expect(page.frameLocator('iframe').getByRole('button', { name: 'The device shows this code' })).toHaveCount(0);
  await page.goto(device.verification_uri_complete ?? '');
  const form = await page.locator('form[action$="/device"]').evaluate((found: HTMLFormElement) => ({
    action: found.action,
    values: Object.fromEntries(new FormData(found)) as Record<string, string>,
  }));
  await page.route('https://evil.example/form', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${form.action}">${Object.entries(form.values)
        .map(([name, value]) => `<input name="${name}" value="${value}">`)
        .join('')}<button>Win a prize</button></form>`,
    }),
  );
  await page.goto('https://evil.example/form');
  await page.getByRole('button', { name: 'Win a prize' }).click();
  await expect(heading(page, 'Sign in')).toHaveCount(0);
  expect(page.url()).toContain(platform.url);
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveCount(0);
});

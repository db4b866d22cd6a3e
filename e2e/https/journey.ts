import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { until } from '../../scripts/testing/until.ts';
import type { DrivenBrowser, DrivenWindow } from './driven.ts';
import { PLATFORM_NAME, SHOP_NAME } from './installation.ts';

const WIDGET = `document.querySelector('signup-with-platform')`;
const BUTTON = `${WIDGET}?.shadowRoot?.querySelector('button')`;
const buttonNamed = (text: string) =>
  `[...document.querySelectorAll('button, a')].find((one) => one.textContent.trim().startsWith(${JSON.stringify(text)}) && one.getAttribute('aria-disabled') !== 'true')`;
const fieldNamed = (name: string) => `document.querySelector('[name=${JSON.stringify(name)}]')`;

/** A page is loaded anew in between, so that what is looked for may be gone when it is looked at. */
function appears(there: DrivenWindow, expression: string): Promise<boolean> {
  return until(() => there.read<boolean>(`Boolean(${expression})`).catch(() => false));
}

async function press(there: DrivenWindow, expression: string): Promise<void> {
  await appears(there, expression);
  await there.click(expression);
}

async function fill(there: DrivenWindow, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await appears(there, fieldNamed(name));
    await there.type(fieldNamed(name), value);
  }
}

async function openShopPage(shop: DrivenWindow): Promise<void> {
  await shop.open(`https://${SHOP_NAME}/register`);
  await appears(shop, BUTTON);
}

async function isFilledWith(shop: DrivenWindow, email: string): Promise<void> {
  await appears(shop, `${WIDGET}.getAttribute('state') === 'completed'`);
  await appears(shop, `${fieldNamed('email')}.value === ${JSON.stringify(email)}`);
}

/**
 * The whole journey: somebody signs up in the popup and shares, the shop's form is filled, its backend verifies the credential; the same
 * person comes back, and the popup closes by itself, whatever the browser does to cookies of other sites.
 */
export async function walk(browser: DrivenBrowser): Promise<void> {
  const email = `ada.${randomUUID()}@example.com`;
  const shop = await browser.window();
  await openShopPage(shop);
  assert.equal(await shop.read('isSecureContext'), true);
  const windows = await browser.count();

  const popup = await browser.popupAfter(() => shop.click(BUTTON));
  await press(popup, buttonNamed('Create an account'));
  await press(popup, buttonNamed('Use a password instead'));
  await appears(popup, `location.hostname === ${JSON.stringify(PLATFORM_NAME)}`);
  await fill(popup, { given_name: 'Ada', family_name: 'Byron', email, password: 'an engine of difference' });
  await press(popup, buttonNamed('Create account'));
  await press(popup, buttonNamed('Share and continue'));
  await isFilledWith(shop, email);
  await until(async () => (await browser.count()) === windows);
  await press(shop, buttonNamed('Create my account'));
  await appears(shop, `document.querySelector('h1')?.textContent === 'Welcome, Ada'`);

  await press(shop, buttonNamed('Sign out'));
  await appears(shop, `location.pathname === '/' && !${buttonNamed('Sign out')}`);
  await openShopPage(shop);
  await shop.click(BUTTON);
  await isFilledWith(shop, email);
  await until(async () => (await browser.count()) === windows);
  await press(shop, buttonNamed('Create my account'));
  await appears(shop, `document.querySelector('h1')?.textContent === 'Welcome back, Ada'`);
}

import { randomUUID } from 'node:crypto';
import { issuerOf } from '@signup-with-platform/protocol';
import { chromium, type Page } from 'playwright';
import { createStore } from '../../demo/app.ts';
import { CHROMIUM_ARGUMENTS, ensureHeadlessShell } from '../../scripts/chromium.ts';
import type { AppSecrets } from '../../server/storage/app-environments.ts';

/** Long, because a busy machine may stand still for seconds: only a test that fails waits for so long. */
const TIMEOUT_MS = 60_000;
const BUTTON = 'Sign up with Platform';

/**
 * The journey in a browser: a new person signs up and shares, the store's form is filled and its backend verifies the credential; then the same
 * person comes back, and is recognised without a page of the popup.
 * @param createApp registers the store's app
 */
export async function walkInChromium(
  url: string,
  createApp: (origin: string) => Promise<AppSecrets>,
  port: number,
): Promise<void> {
  const origin = `http://127.0.0.1:${port}`;
  const { clientId } = await createApp(origin);
  const store = createStore({ platformUrl: url, issuer: issuerOf(url, 'sandbox'), clientId });
  await store.listen({ host: '127.0.0.1', port });
  const browser = await chromium.launch({ executablePath: await ensureHeadlessShell(), args: CHROMIUM_ARGUMENTS });
  try {
    const page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(TIMEOUT_MS);
    await signUp(page, origin);
    await page.getByRole('button', { name: 'Create my account' }).click();
    await page.getByRole('heading', { name: 'Welcome, Ada' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor({ state: 'detached' });

    await page.goto(`${origin}/register`);
    await page.getByRole('button', { name: BUTTON }).click();
    await page.getByText('We have filled in the form for you.').waitFor();
    await page.getByRole('button', { name: 'Create my account' }).click();
    await page.getByRole('heading', { name: 'Welcome back, Ada' }).waitFor();
  } finally {
    await browser.close();
    await store.close();
  }
}

async function signUp(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/register`);
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: BUTTON }).click()]);
  popup.setDefaultTimeout(TIMEOUT_MS);
  await popup.getByRole('link', { name: 'Create an account' }).click();
  await popup.getByRole('link', { name: 'Use a password instead' }).click();
  await popup.getByLabel('First name').fill('Ada');
  await popup.getByLabel('Last name').fill('Byron');
  await popup.getByLabel('Email').fill(`ada.${randomUUID()}@example.com`);
  await popup.getByLabel('Password').fill('an engine of difference');
  await popup.getByRole('button', { name: 'Create account' }).click();
  await popup.getByRole('button', { name: /^Share and continue/ }).click();
  await page.getByText('We have filled in the form for you.').waitFor();
}

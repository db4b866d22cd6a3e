import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import { openPopup, openShop, type Shop, share, signUp, somebody } from './support/people.ts';
import { type AccountHolder, accountHolder, openPortal } from './support/portal.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

/** A shop whose developer can read its event log. */
async function openWatchedShop(
  fixtures: { platform: RunningPlatform; site: VendorSite },
  developer: AccountHolder,
): Promise<Shop & { apiKey: string; path: string }> {
  const { storage } = fixtures.platform;
  const shop = await openShop(fixtures, { app: { name: 'Fern & Field' } });
  const app = await storage.appEnvironments.findByClientId(shop.clientId);
  if (!app) throw new Error('the shop has no app');
  await storage.appMembers.put(app.appId, developer.account.id, 'read-only');
  const { key: apiKey } = await storage.apiKeys.create(shop.clientId, { name: 'Backend' });
  return { ...shop, apiKey, path: `/apps/${app.appId}/localhost/events` };
}

const rowsOf = (page: Page) => page.getByRole('list', { name: 'Events, newest first' }).getByRole('listitem');
/** Of the attempts that are open. */
const stepsOf = (page: Page) => page.getByRole('list', { name: 'Steps, oldest first' }).getByRole('listitem');
const SIGN_UP = [
  'Popup opened',
  'Sign-in shown',
  'Consent asked for',
  'Consent given: name, email',
  'Credential issued for a new user',
];

test('the event log shows a sign-up live, and says what to do about problems', async ({
  page,
  platform,
  site,
  context,
}) => {
  const developer = await accountHolder(platform);
  const shop = await openWatchedShop({ platform, site }, developer);
  const call = (path: string) => fetch(`${platform.url}/1${path}`, { headers: { 'x-api-key': shop.apiKey } });

  await openPortal(page, platform, developer, shop.path);
  await expect(page.getByText('Nothing has happened here in the last 30 days.')).toBeVisible();
  await expect(page.getByText('Events are kept for 30 days.')).toBeVisible();
  await expect(page.getByText('New events appear as they happen.')).toBeVisible();

  await test.step('one line says how the sign-up stands, and its steps arrive while somebody signs up in another window', async () => {
    const shopPage = await context.newPage();
    await shopPage.goto(shop.url);
    const popup = await openPopup(shopPage);
    const attempt = rowsOf(page).first();
    await expect(attempt).toContainText('Waiting');
    await expect(attempt).toContainText('Sign-in shown');
    // Opened by keyboard, it stays open while steps arrive.
    await attempt.locator('summary').first().press('Enter');
    await expect(stepsOf(page)).toContainText([`Popup opened from ${site.origin}`, 'Sign-in shown']);
    const person = somebody();
    await signUp(popup, person);
    await share(popup);
    await expect(stepsOf(page)).toContainText(SIGN_UP);
    await expect(stepsOf(page)).toHaveCount(SIGN_UP.length);
    await expect(attempt).toContainText('Shared');
    // Each step has its own request, and says how long after the first it was.
    const requests = await stepsOf(page).locator('[data-slot=requestId]').allTextContents();
    expect(new Set(requests).size).toBeGreaterThan(2);
    for (const time of await stepsOf(page).locator('time').allTextContents())
      expect(time).toMatch(/^\+[\d.]+ (sec|secs|min|mins)$/);
    await stepsOf(page).last().locator('summary').click();
    await expect(stepsOf(page).last().locator('pre')).toContainText('"is_new_user": true');
    await attempt.locator('summary').first().press('Enter');
    await expect(rowsOf(page)).toHaveCount(1);
    await expect(page.getByText('Nothing has happened here')).toBeHidden();
    // New rows are announced politely, as a number and not one by one.
    await expect(page.getByRole('status').filter({ hasText: /^\d+ new events?$/ })).toBeAttached();
    await expect(page.locator('main')).not.toContainText(person.email);
    await shopPage.close();
  });

  await test.step('a refusal says why, and what to do', async () => {
    await fetch(`${platform.url}/popup?client_id=${shop.clientId}&origin=https://evil.example&state=s&nonce=n`);
    const refused = rowsOf(page).first();
    await expect(refused).toContainText('Refused: the origin is not registered: https://evil.example');
    await refused.locator('summary').press('Enter');
    await expect(refused.getByText('add the origin under Setup, exactly as it stands here')).toBeVisible();
    await expect(refused.locator('pre')).toContainText('"reason": "origin_not_registered"');
    await expect(refused.locator('[lang=en]').first()).toBeVisible();
  });

  await test.step('it can be paused without missing an event', async () => {
    const live = page.getByRole('button', { name: 'Live' });
    await live.click();
    await expect(live).toHaveAttribute('aria-pressed', 'false');
    await expect(page.getByText('Paused')).toBeVisible();
    const known = await rowsOf(page).count();
    const paused = await call('/users');
    await live.click();
    await expect(rowsOf(page).first()).toContainText(paused.headers.get('x-request-id') ?? '-');
    expect(await rowsOf(page).count()).toBe(known + 1);
  });

  await test.step('a failed call can be found by the id in its answer', async () => {
    const answer = await call('/users/AAAAAAAAAAAAAAAAAAAAAA');
    const requestId = answer.headers.get('x-request-id') ?? '-';
    await page.getByRole('searchbox', { name: 'Search' }).fill(requestId);
    await page.getByRole('button', { name: 'Show events' }).click();
    await expect(rowsOf(page)).toHaveCount(1);
    await expect(rowsOf(page)).toContainText('GET /1/users/:id failed: not_found');
    await rowsOf(page).locator('summary').click();
    await expect(rowsOf(page).getByText('This environment has no such user')).toBeVisible();
    await page.getByRole('link', { name: 'Show everything' }).click();
    await page.getByLabel('Show', { exact: true }).selectOption('Problems only');
    await page.getByRole('button', { name: 'Show events' }).click();
    await expect(rowsOf(page)).toContainText(['not_found', 'https://evil.example']);
    await expect(rowsOf(page)).toHaveCount(2);
  });

  await test.step('it is accessible', async () => {
    await rowsOf(page).last().locator('summary').click();
    await expectAccessible(page, TAB_ROOM);
  });
});

test('a sign-up is one attempt after a reload, found by the request of any step, and downloaded', async ({
  page,
  platform,
  site,
  context,
}) => {
  const developer = await accountHolder(platform);
  const shop = await openWatchedShop({ platform, site }, developer);
  const shopPage = await context.newPage();
  await shopPage.goto(shop.url);
  const popup = await openPopup(shopPage);
  await signUp(popup, somebody());
  await share(popup);
  const another = new URLSearchParams({ client_id: shop.clientId, origin: site.origin, state: 's', nonce: 'n' });
  await fetch(`${platform.url}/popup?${another}`);

  await openPortal(page, platform, developer, shop.path);
  await expect(rowsOf(page)).toContainText(['Waiting', 'Shared']);
  await expect(rowsOf(page)).toHaveCount(2);
  const attempt = rowsOf(page).filter({ hasText: 'Shared' });
  await attempt.locator('summary').first().click();
  await expect(stepsOf(page)).toContainText(SIGN_UP);
  const request = (await stepsOf(page).nth(1).locator('[data-slot=requestId]').textContent()) ?? '-';
  await page.getByRole('searchbox', { name: 'Search' }).fill(request);
  await page.getByRole('button', { name: 'Show events' }).click();
  await expect(rowsOf(page)).toHaveCount(1);
  await rowsOf(page).locator('summary').first().click();
  await expect(stepsOf(page)).toContainText(SIGN_UP);
  await expectAccessible(page, TAB_ROOM);

  for (const [button, name, first] of [
    ['Download as CSV', /^events-localhost-[\d-]+\.csv$/, 'created_at,type,summary,'],
    ['Download as JSON Lines', /^events-localhost-[\d-]+\.jsonl$/, '{"id":'],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(name);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.startsWith(first)).toBe(true);
    expect(text).toContain(request);
  }
});

test('the event log works without script, in pages', async ({ browser, platform, site }) => {
  const developer = await accountHolder(platform);
  const shop = await openWatchedShop({ platform, site }, developer);
  for (let call = 0; call < 60; call += 1)
    await fetch(`${platform.url}/1/users?limit=${call}`, { headers: { 'x-api-key': shop.apiKey } });
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await openPortal(page, platform, developer, shop.path);
  await expect(page.getByRole('button', { name: 'Live' })).toBeHidden();
  await expect(rowsOf(page)).toHaveCount(50);
  await page.getByRole('link', { name: 'Older' }).click();
  await expect(rowsOf(page)).toHaveCount(10);
  await page.getByRole('link', { name: 'Newest' }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('nothing like it');
  await page.getByRole('button', { name: 'Show events' }).click();
  await expect(page.getByText('No events match.')).toBeVisible();
  await context.close();
});

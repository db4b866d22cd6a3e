import type { Page } from '@playwright/test';
import { closesAfter } from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

/** What a stranger meets who types the platform's address, or a wrong one. */

test('the start page fits one screen, and its ways can be walked with the keyboard', async ({ page, platform }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(platform.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign up at shops with your Platform account');
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(800);
  const ways = page.locator('main').getByRole('link');
  await expect(ways).toHaveText(['Your account', 'For developers', 'See it work']);
  // What is in the picture cannot be used, and is described.
  await expect(page.getByRole('img', { name: /A shop’s page with the button/ })).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(ways.first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/account\/sign-in/);
});

test('a whole row of the start page leads on', async ({ page, platform }) => {
  await page.goto(platform.url);
  // The link covers the words of its row, which Playwright would take for an obstacle.
  await page.getByText('Put the button on your shop’s page').click({ force: true });
  await expect(page).toHaveURL(/\/docs/);
});

test('no page that a stranger reaches from the start page has a dead link', async ({ page, platform }) => {
  const seen = new Map<string, number>();
  const open = ['/'];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    const response = await page.request.get(platform.url + path, { maxRedirects: 0 });
    const { location, 'content-type': type = '' } = response.headers();
    seen.set(path, response.status());
    const isPage = type.startsWith('text/html');
    open.push(
      ...(location ? [pathOf(location, platform)] : isPage ? linksOf(await response.text(), platform) : []).flat(),
    );
  }
  expect(seen.size).toBeGreaterThan(5);
  expect([...seen.keys()]).toContain('/account/sign-up');
  expect([...seen].filter(([, status]) => status >= 400)).toEqual([]);
});

/** The path on this origin, with what belongs to one visit left out, so that the walk ends. */
function pathOf(href: string, { url }: RunningPlatform): string[] {
  const { origin, pathname, searchParams } = new URL(href.replaceAll('&amp;', '&'), url);
  searchParams.delete('next');
  const query = searchParams.size > 0 ? `?${searchParams}` : '';
  return origin === url ? [pathname + query] : [];
}

function linksOf(html: string, platform: RunningPlatform): string[] {
  return [...html.matchAll(/<(?:a|link) [^>]*href="?([^\s">]+)/g)]
    .map(([, href = '']) => href)
    .filter((href) => !/^(?:data|mailto):/.test(href))
    .flatMap((href) => pathOf(href, platform));
}

const closeButton = (page: Page) => page.getByRole('button', { name: 'Close window' });
const homeLink = (page: Page) => page.getByRole('link', { name: 'Go to the start page' });

for (const [what, path] of [
  ['a page that does not exist', '/nothing/here'],
  ['an error of the popup', '/popup'],
] as const) {
  test(`${what} leads home in a tab, where a button to close it would be dead`, async ({ page, platform }) => {
    await page.goto(platform.url);
    await page.goto(platform.url + path);
    await expect(closeButton(page)).toBeHidden();
    await homeLink(page).click();
    await expect(page).toHaveURL(`${platform.url}/`);
  });

  test(`${what} can be closed in a window that a page has opened`, async ({ page, platform, site }) => {
    await page.goto(`${site.origin}/`);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => void window.open(url, '', 'popup,width=480,height=680'), platform.url + path),
    ]);
    await expect(homeLink(popup)).toBeHidden();
    await closesAfter(popup, () => closeButton(popup).click());
  });
}

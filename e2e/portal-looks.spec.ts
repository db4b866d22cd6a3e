import type { Page } from '@playwright/test';
import { expectNoSidewaysScrolling, expectNoViolations } from './support/accessibility.ts';
import { signIn } from './support/people.ts';
import { accountHolder, appOf, openPortal } from './support/portal.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

/** What a person sees from page to page: what stays in its place, what is said where, and what comes next. */

const PHONE = { width: 380, height: 700 };
const ENVIRONMENTS = ['Localhost', 'Sandbox', 'Production'] as const;

/** Somebody who owns an app in all three environments. */
async function ownerOf(platform: RunningPlatform) {
  const owner = await accountHolder(platform);
  const { appId } = await appOf(platform, owner);
  await platform.storage.appEnvironments.add(appId, 'development:sandbox', ['https://staging.shop.example']);
  await platform.storage.appEnvironments.add(appId, 'production', ['https://shop.example']);
  return { owner, app: `/apps/${appId}` };
}

const placeOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { x, y, width } = element.getBoundingClientRect();
      return { x, y, width };
    });

test('the logo, the side column and the headings keep their places and sizes', async ({ page, platform }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  const { owner, app } = await ownerOf(platform);
  await page.goto(`${platform.url}/account/sign-in`);
  const mark = await placeOf(page, '.mark');
  await signIn(page, owner);
  await page.waitForURL(/\/account$/);
  const side = await placeOf(page, '.side');
  const sizeOfHeading = () => page.locator('h1').evaluate((heading) => getComputedStyle(heading).fontSize);
  const size = await sizeOfHeading();
  for (const path of ['/profile', '/apps', '/apps/new', app, `${app}/production/keys`, '/data/deletion', '/nothing']) {
    await page.goto(`${platform.url}/account${path}`);
    expect(await placeOf(page, '.mark'), path).toEqual(mark);
    expect(await placeOf(page, '.side'), path).toEqual(side);
    expect(await sizeOfHeading(), path).toBe(size);
  }
  await page.goto(`${platform.url}/docs/api`);
  expect(await placeOf(page, '.mark')).toEqual(mark);
  expect((await placeOf(page, '.side')).x).toBe(side.x);
  expect(await sizeOfHeading()).toBe(size);
});

test('each page of an app names the app and the environment, and production looks like nothing else', async ({
  page,
  platform,
}) => {
  const { owner, app } = await ownerOf(platform);
  await openPortal(page, platform, owner, app);
  await expect(page).toHaveTitle(/^Overview · \P{L}*Fern & Field/u);
  const looks = [];
  for (const environment of ENVIRONMENTS) {
    await page.goto(`${platform.url}/account${app}/${environment.toLowerCase()}/keys`);
    await expect(page).toHaveTitle(new RegExp(`^Secret and keys · ${environment} · \\P{L}*Fern & Field`, 'u'));
    const badge = page.locator('.title .env');
    await expect(badge).toHaveText(environment);
    looks.push(
      await badge.evaluate((element) => ({
        color: getComputedStyle(element).backgroundColor,
        icon: element.querySelector('svg')?.innerHTML,
      })),
    );
  }
  for (const what of ['color', 'icon'] as const) expect(new Set(looks.map((look) => look[what])).size).toBe(3);
});

test('where there is no side column, the heading of an app’s page comes after one row of tabs and a picker', async ({
  page,
  platform,
}) => {
  const { owner, app } = await ownerOf(platform);
  await openPortal(page, platform, owner, app);
  await page.setViewportSize(PHONE);
  for (const [width, path] of [
    [PHONE.width, '/members'],
    [PHONE.width, '/production/doctor'],
    [600, '/production/doctor'],
    [799, '/localhost/code'],
  ] as const) {
    await page.setViewportSize({ ...PHONE, width });
    await page.goto(`${platform.url}/account${app}${path}`);
    const rows = page.locator('.tabs:not(.kinds):visible');
    await expect(rows).toHaveCount(1);
    expect((await rows.boundingBox())?.height).toBeLessThan(60);
    const tab = (await rows.locator('[aria-current]').boundingBox()) ?? { x: -1, width: 0 };
    expect(tab.x).toBeGreaterThanOrEqual(0);
    expect(tab.x + tab.width).toBeLessThanOrEqual(width);
    // Four rows of tabs and a box "Menu" took 420 px.
    expect((await placeOf(page, 'h1')).y).toBeLessThan(300);
  }
  await page.setViewportSize(PHONE);
  await page.goto(`${platform.url}/account${app}/production/doctor`);
  await page.locator('summary', { hasText: 'Production' }).click();
  await page.getByRole('link', { name: 'Localhost' }).click();
  await expect(page).toHaveURL(`${platform.url}/account${app}/localhost`);
  await page.locator('summary', { hasText: 'Menu' }).click();
  await page.getByRole('link', { name: 'Connected shops' }).click();
  await expect(page.getByRole('heading', { name: 'Connected shops' })).toBeVisible();
});

test('Save stays in view, and covers nothing that has the focus', async ({ page, platform }) => {
  const { owner, app } = await ownerOf(platform);
  await openPortal(page, platform, owner, `${app}/settings`);
  for (const size of [{ width: 1280, height: 720 }, PHONE]) {
    await page.setViewportSize(size);
    await page.goto(`${platform.url}/account${app}/settings`);
    await expect(page.getByRole('button', { name: 'Save' })).toBeInViewport();
    await page.getByLabel('Name', { exact: true }).focus();
    let stops = 0;
    for (let isInForm = true; isInForm; stops += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        const bar = document.querySelector('.save-bar');
        if (!element || !bar) throw new Error('nothing has the focus');
        const covered = element.getBoundingClientRect().bottom - bar.getBoundingClientRect().top;
        return {
          isInForm: element.closest('form.lines') !== null,
          covered: bar.contains(element) ? 0 : covered,
        };
      });
      isInForm = stop.isInForm;
      if (isInForm) expect(stop.covered).toBeLessThanOrEqual(0);
    }
    expect(stops).toBeGreaterThan(10);
  }
});

test('code wraps, so that its boxes are no stops of the keyboard', async ({ page, platform }) => {
  const { owner, app } = await ownerOf(platform);
  await openPortal(page, platform, owner, `${app}/localhost/code`);
  await page.setViewportSize({ width: 320, height: 700 });
  const boxes = await page.locator('pre').evaluateAll((all) =>
    all.map((box) => {
      box.closest('details')?.setAttribute('open', '');
      return { isStop: (box as HTMLElement).tabIndex >= 0, sideways: box.scrollWidth - box.clientWidth };
    }),
  );
  expect(boxes.length).toBeGreaterThan(3);
  for (const box of boxes) expect(box).toEqual({ isStop: false, sideways: 0 });
});

test('the Code page shows one language, which the address keeps, and its copy button stays in view', async ({
  page,
  platform,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { owner, app } = await ownerOf(platform);
  await openPortal(page, platform, owner, `${app}/localhost/code`);
  const languages = page.getByRole('navigation', { name: 'Language of the backend' });
  for (const size of [{ width: 1280, height: 720 }, PHONE]) {
    await page.setViewportSize(size);
    await languages.getByRole('link', { name: 'Go', exact: true }).click();
    await expect(page).toHaveURL(/\/code\?backend=go#backend$/);
    await expect(languages.getByRole('link', { name: 'Go', exact: true })).toHaveAttribute('aria-current', 'true');
    await expect(languages.getByRole('link', { name: 'Go', exact: true })).toBeInViewport();
    await expect(page.locator('#go')).toContainText('package main');
    await expect(page.locator('#node')).toHaveCount(0);
    // It was 10 750 px high on a phone, of which the program was most.
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(5_500);
    const copy = page.getByRole('button', { name: 'Copy Code for your backend in Go' });
    await copy.click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('func main()');
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await page.locator('summary', { hasText: 'main.go' }).first().click();
    await page.locator('#go').evaluate((code) => {
      const { top, height } = code.getBoundingClientRect();
      scrollTo(0, scrollY + top + height / 2);
    });
    await expect(copy).toBeInViewport();
    await copy.click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('func main()');
    await expectNoViolations(page);
    await expectNoSidewaysScrolling(page);
    await page.goBack();
    await expect(page.locator('#node')).toHaveCount(1);
  }
});

test('the start page says what is left to do, until it is done', async ({ page, platform }) => {
  const nia = await accountHolder(platform, { emailVerified: false });
  const { appId } = await appOf(platform, nia);
  await openPortal(page, platform, nia);
  const open = page.getByRole('region', { name: 'Still to do' }).getByRole('listitem');
  await expect(open).toHaveText([/Confirm your email address/, /Sign in without a password/, /Put the button/]);
  await open.getByRole('link', { name: 'Get the code' }).click();
  await expect(page).toHaveURL(`${platform.url}/account/apps/${appId}/localhost/code`);
  await page.goto(`${platform.url}/account`);
  await open.getByRole('link', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Add a passkey' })).toBeVisible();
  await page.goto(`${platform.url}/account`);
  await open.getByRole('button', { name: 'Send email' }).click();
  await expect(page).toHaveURL(/\/account\/security/);

  const { accounts, passkeys } = platform.storage.realm('production');
  await accounts.markEmailVerified(nia.account.id, nia.email);
  const key = { name: 'Laptop', publicKey: 'a2V5', counter: 0, transports: [], synced: true };
  await passkeys.create({ credentialId: 'bG9va3M', accountId: nia.account.id, ...key });
  await platform.storage.apps.setDisabled(appId, true);
  await page.goto(`${platform.url}/account`);
  await expect(page.getByRole('link', { name: /^Sign-in and security .*1 passkey/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Still to do' })).toHaveCount(0);
});

test('an address that leads nowhere leads back to the account', async ({ page, platform }) => {
  const { owner } = await ownerOf(platform);
  await page.goto(`${platform.url}/account/nothing`);
  await page.getByRole('link', { name: 'Go to your account' }).click();
  await expect(page).toHaveURL(/\/account\/sign-in/);
  await signIn(page, owner);
  await page.goto(`${platform.url}/account/nothing`);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Your account' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to your account' }).click();
  await expect(page.getByRole('heading', { name: 'Hello, Ada' })).toBeVisible();
});

test('what nobody has touched is not called invalid', async ({ page, platform }) => {
  const { owner, app } = await ownerOf(platform);
  await openPortal(page, platform, owner, `${app}/settings`);
  const devTools = await page.context().newCDPSession(page);
  const invalid = async () => {
    const { nodes } = await devTools.send('Accessibility.getFullAXTree');
    const isInvalid = (name: string, value: unknown) => name === 'invalid' && value !== 'false';
    return nodes
      .filter(({ properties = [] }) => properties.some(({ name, value }) => isInvalid(name, value.value)))
      .map(({ name }) => name?.value);
  };
  for (const path of [`${app}/settings`, '/profile/picture', '/profile/addresses/new', '/data/deletion/confirm']) {
    await page.goto(`${platform.url}/account${path}`);
    expect(await invalid(), path).toEqual([]);
  }
  await page.goto(`${platform.url}/account/profile/picture`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(invalid).toHaveLength(1);
});

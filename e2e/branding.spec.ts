import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readConfig } from '../server/config.ts';
import { type Platform, startPlatform } from '../server/platform.ts';
import { createStorage } from '../server/storage/index.ts';
import { expectAccessible, expectNoSidewaysScrolling, TAB_ROOM } from './support/accessibility.ts';
import { fillInSignUp, somebody } from './support/people.ts';
import { expect, test } from './support/test.ts';

const NAME = 'Genossenschaftsverband Nordrhein-Westfälischer Stadtwerke eG';
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 84 28"><style>.b{fill:#1b5e20}</style>' +
  '<rect class="b" width="28" height="28" rx="14"/><rect class="b" x="34" y="8" width="50" height="12" rx="6"/></svg>';
const ORIGIN = 'https://shop.example';

// Tests an operator's own name, logo, colour and addresses on the pages that people see.
test.describe('a branded platform', () => {
  let directory: string;
  let platform: Platform;
  let popup: string;

  test.beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'platform-brand-'));
    writeFileSync(join(directory, 'logo.svg'), LOGO);
    platform = await startPlatform(
      readConfig({
        PORT: '0',
        DATA_DIR: directory,
        LOG_LEVEL: 'silent',
        PLATFORM_NAME: NAME,
        PLATFORM_LOGO: join(directory, 'logo.svg'),
        PLATFORM_ACCENT: '#1b5e20',
        SUPPORT_EMAIL: 'hilfe@stadtwerke.example',
        TERMS_URL: 'https://stadtwerke.example/agb',
        PRIVACY_URL: 'https://stadtwerke.example/datenschutz',
      }),
    );
    const app = { name: 'Fern & Field', environment: 'production', origins: [ORIGIN] } as const;
    const { clientId } = await createStorage(platform.database).apps.create(app);
    popup = `${platform.url}/popup?${new URLSearchParams({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n' })}`;
  });
  test.afterAll(async () => {
    await platform.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function expectBranded(page: Page): Promise<void> {
    await expect(page).toHaveTitle(new RegExp(NAME));
    const logo = page.locator('header img.logo');
    await expect.poll(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    const footer = page.getByRole('contentinfo');
    await expect(footer.getByRole('link')).toHaveCount(3);
    await expect(footer.locator('a[href="mailto:hilfe@stadtwerke.example"]')).toBeVisible();
    await expect(footer.locator('a[href="https://stadtwerke.example/agb"]')).toBeVisible();
  }

  test('has its brand on every page from the popup to the account, and in its emails', async ({ page }) => {
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });

    await page.goto(popup);
    await expectBranded(page);
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toHaveCSS(
      'background-color',
      'rgb(27, 94, 32)',
    );
    await expectAccessible(page);

    await page.getByRole('link', { name: 'Create an account' }).click();
    await expectBranded(page);
    await page.getByRole('link', { name: 'Use a password instead' }).click();
    await expect(page.getByText('By creating an account you agree to the terms of service')).toBeVisible();
    await expectAccessible(page);
    const person = somebody();
    await fillInSignUp(page, person);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('button', { name: /^Share and continue/ })).toBeVisible();
    await expectBranded(page);

    await page.goto(`${platform.url}/account`);
    await expectBranded(page);
    await expectAccessible(page, TAB_ROOM);

    await page.context().clearCookies();
    await page.goto(`${platform.url}/account/sign-up`);
    await expectBranded(page);
    await expect(page.getByText('By creating an account you agree to the terms of service')).toBeVisible();

    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(`${platform.url}/docs/api`);
    await expectBranded(page);
    await expect(page.locator('header')).toContainText(`${NAME} docs`);
    await expect(page.locator('main p a').first()).toHaveCSS('color', 'rgb(27, 94, 32)');
    await expectNoSidewaysScrolling(page);

    const { mails } = (await (
      await fetch(platform.mailPage ?? '', { headers: { accept: 'application/json' } })
    ).json()) as { mails: { text: string }[] };
    expect(mails[0]?.text).toContain(`\n-- \n${NAME}\nhilfe@stadtwerke.example\n`);
    expect(refused).toEqual([]);
  });

  test('names its contact where it cannot help, and supports right-to-left pages', async ({ page }) => {
    await page.goto(`${platform.url}/popup?client_id=nobody&origin=${ORIGIN}&state=s`);
    await expectBranded(page);
    await expect(page.locator('main').getByRole('link', { name: 'hilfe@stadtwerke.example' })).toBeVisible();
    await expectAccessible(page);

    await page.goto(`${popup}&language=ar`);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expectBranded(page);
    await expectAccessible(page);
    const [logo, name] = [page.locator('header img.logo'), page.locator('header bdi')];
    const boxes = [await logo.boundingBox(), await name.boundingBox()];
    expect(boxes[0]?.x ?? 0).toBeGreaterThan(boxes[1]?.x ?? 0);
  });

  test('serves its logo as a picture that cannot run scripts', async ({ page, request }) => {
    await page.goto(popup);
    const path = await page.locator('header img.logo').getAttribute('src');
    const response = await request.get(`${platform.url}${path}`);
    expect(response.headers()['content-type']).toBe('image/svg+xml');
    expect(response.headers()['cache-control']).toContain('immutable');
    expect(response.headers()['content-security-policy']).toContain('sandbox');
    expect(response.headers()['x-content-type-options']).toBe('nosniff');
  });
});

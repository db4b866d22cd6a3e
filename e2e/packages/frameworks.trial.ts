import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../../scripts/run.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { widgetOn } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { binOfNode } from './nodes.ts';
import { signUpJane } from './persona.ts';
import { ShopFolder } from './shop-folder.ts';

// The examples of frameworks that render on a server, each built and started from the packages that a platform serves.

/** What a framework sends home, it does not send from a test. */
const NO_TELEMETRY = { NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1', ASTRO_TELEMETRY_DISABLED: '1' };

interface Example {
  /** Its folder in `examples/`. */
  name: 'next' | 'nuxt' | 'astro';
  framework: string;
  /** How its settings are named. */
  settings(given: { platform: string; clientId: string; issuer: string }): Record<string, string>;
  /** Whether the button is there before any script. */
  rendersButton: boolean;
}

const asIs: Example['settings'] = ({ platform, clientId, issuer }) => ({
  PLATFORM_URL: platform,
  CLIENT_ID: clientId,
  ISSUER: issuer,
});
const EXAMPLES: readonly Example[] = [
  { name: 'next', framework: 'Next.js', settings: asIs, rendersButton: false },
  {
    name: 'nuxt',
    framework: 'Nuxt',
    settings: ({ platform, clientId, issuer }) => ({
      NUXT_PUBLIC_PLATFORM: platform,
      NUXT_PUBLIC_CLIENT_ID: clientId,
      NUXT_ISSUER: issuer,
    }),
    rendersButton: false,
  },
  { name: 'astro', framework: 'Astro', settings: asIs, rendersButton: true },
];

for (const { name, framework, settings, rendersButton } of EXAMPLES) {
  test(`[${framework}] the example is built, starts, and signs people in`, async ({ browser, page, platform }) => {
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const { clientId, issuer } = await platform.createApp({ name: framework, origins: [origin] });
    const shop = new ShopFolder(await binOfNode(24));
    cpSync(join(ROOT, 'examples', name), shop.path, { recursive: true });
    const manifest = join(shop.path, 'package.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll('http://localhost:4000', platform.url));
    await shop.type('npm install --no-audit --no-fund', NO_TELEMETRY);
    await shop.type('npm run build', NO_TELEMETRY);
    const server = await shop.start('npm start', port, {
      ...NO_TELEMETRY,
      ...settings({ platform: platform.url, clientId, issuer }),
      HOST: 'localhost',
    });
    try {
      const withoutScript = await browser.newPage({ javaScriptEnabled: false });
      await withoutScript.goto(origin);
      await expect(withoutScript.locator('signup-with-platform')).toHaveAttribute('client-id', clientId);
      await expect(widgetOn(withoutScript).button).toHaveCount(rendersButton ? 1 : 0);
      await withoutScript.close();
      await expectSignUp(page, await browser.newPage(), origin);
    } catch (error) {
      throw new Error(`the example wrote: ${server.output()}`, { cause: error });
    } finally {
      await server.stop();
    }
  });
}

async function expectSignUp(page: Page, thief: Page, origin: string): Promise<void> {
  const complaints = watchConsole(page);
  await page.goto(origin);
  const second = await page.context().newPage();
  await second.goto(origin);
  await expect(widgetOn(page).button).toHaveText('Sign up with Platform');
  await signUpJane(page);
  await expect(page.getByLabel('Email')).toHaveValue('jane.doe@example.com');
  const stolen = await page.evaluate(() => {
    const form = document.querySelector('form');
    return form ? String(new FormData(form).get('credential')) : '';
  });
  await expectReplayRefused(thief, origin, stolen);
  const notice = page.locator('p[role=status]');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(notice).toHaveText('Welcome, Jane Doe <jane.doe@example.com>.');

  // The page that was opened in between works, too; without a sign-up, nobody is let in.
  await second.getByLabel('Name').fill('Mallory');
  await second.getByLabel('Email').fill('mallory@example.org');
  await second.getByRole('button', { name: 'Create account' }).click();
  await expect(second.locator('p[role=status]')).toHaveText('That did not work. Please press the button again.');
  await expect(second.getByLabel('Name')).toHaveValue('Mallory');
  expect(complaints).toEqual([]);
  await expectReplayRefused(second, origin, stolen);
}

/** Whoever has stolen a credential gets in with it neither in a browser of their own, whatever its cookies say, nor a second time here. */
async function expectReplayRefused(page: Page, origin: string, credential: string): Promise<void> {
  const [, payload = ''] = credential.split('.');
  const { nonce } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { nonce: string };
  await page.goto(origin);
  for (const name of ['', 'nonces', 'session']) {
    if (name) await page.context().addCookies([{ name, value: nonce, url: origin }]);
    await page.evaluate((value) => {
      const input = Object.assign(document.createElement('input'), { type: 'hidden', name: 'credential', value });
      document.querySelector('form')?.append(input);
    }, credential);
    await page.getByLabel('Name').fill('Mallory');
    await page.getByLabel('Email').fill('mallory@example.org');
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Create account' }).click();
    await answered;
    await expect(page.locator('p[role=status]')).toHaveText('That did not work. Please press the button again.');
    await page.goto(origin);
  }
}

/** Errors and warnings of the console. */
function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const isOurs = !message.location().url.endsWith('/favicon.ico');
    if (isOurs && ['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  return complaints;
}

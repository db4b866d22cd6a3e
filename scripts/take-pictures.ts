import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import sharp from 'sharp';
import { createStore } from '../demo/app.ts';
import { startTestPlatform } from '../server/testing/test-platform.ts';
import { CHROMIUM_ARGUMENTS, ensureChromium } from './chromium.ts';
import { ROOT } from './run.ts';

// Takes the pictures of README.md: the store, and its popup that asks for consent, in both colour schemes.

const STORE = { width: 1120, height: 720 };
const POPUP = { width: 480, height: 640 };
const PICTURE = { width: 1240, height: 776 };
const QUALITY = 78;
const SCHEMES = ['light', 'dark'] as const;

const platform = await startTestPlatform();
const dataDir = mkdtempSync(join(tmpdir(), 'pictures-'));
const { clientId, issuer } = await platform.createApp({ name: 'Fern & Field', origins: ['http://localhost:1'] });
const store = createStore({ platformUrl: platform.url, issuer, clientId });
const storeUrl = await store.listen({ host: 'localhost', port: 0 });
await platform.storage.appEnvironments.setOrigins(clientId, [storeUrl]);
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGUMENTS });
for (const scheme of SCHEMES) await takePicture(browser, scheme);
await browser.close();
await store.close();
await platform.close();
rmSync(dataDir, { recursive: true });

async function takePicture(browser: Browser, colorScheme: (typeof SCHEMES)[number]): Promise<void> {
  const context = await browser.newContext({ colorScheme, viewport: STORE, reducedMotion: 'reduce', locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${storeUrl}/register`);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign up with Platform' }).click(),
  ]);
  await popup.setViewportSize(POPUP);
  await popup.locator('.persona').filter({ hasText: 'Jane Doe' }).click();
  // For a moment it takes no press, and looks like it.
  await popup.locator('button[form=consent]:not([aria-disabled=true])').waitFor();
  const [shop, asking] = [await page.screenshot(), await popup.screenshot()];
  await page.setViewportSize(PICTURE);
  await page.goto('about:blank');
  await page.setContent(arrangement(shop, asking, colorScheme === 'light' ? '#d8dbe2' : '#4a505c'));
  await page.locator('img').last().waitFor();
  await sharp(await page.screenshot({ omitBackground: true }))
    .webp({ quality: QUALITY, effort: 6 })
    .toFile(join(ROOT, `docs/pictures/store-and-popup-${colorScheme}.webp`));
  await context.close();
}

/** The popup over the store, as two windows on nothing. */
function arrangement(shop: Buffer, asking: Buffer, line: string): string {
  const image = (png: Buffer, style: string) =>
    `<img src="data:image/png;base64,${png.toString('base64')}" style="position:absolute;border:1px solid ${line};border-radius:12px;${style}">`;
  return `<!doctype html><style>html{background:transparent;color-scheme:normal}</style>
${image(shop, 'left:24px;top:16px;box-shadow:0 8px 24px #0003')}${image(asking, 'right:24px;top:76px;box-shadow:0 12px 32px #0006')}`;
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readConfig } from '../server/config.ts';
import { startPlatform } from '../server/platform.ts';
import { createStorage } from '../server/storage/index.ts';
import {
  openPopup,
  received,
  type Shop,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  tagOf,
  widgetOn,
} from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

// The headers are read from the document for vendors, so that the documented policies are tested.

const DOCUMENT = readFileSync(new URL('../docs/embedding.md', import.meta.url), 'utf8');

/** Chromium's name, because the standard does not define one yet. */
interface ChromiumDocument {
  featurePolicy: { allowsFeature(feature: string): boolean };
}

interface Recipe {
  name: string;
  /** As in the document: `https://platform.example` stands for the platform, and `{nonce}` for a new value in each response. */
  headers: Record<string, string>;
  script: string;
}

const RECIPES: Recipe[] = [
  ...DOCUMENT.matchAll(/^### (.+)\n(?:(?!^#).*\n)*?```http\n([\s\S]*?)^```\n+```html\n([\s\S]*?)^```$/gm),
].map(([, name = '', lines = '', script = '']) => ({
  name,
  headers: Object.fromEntries(
    lines
      .trim()
      .split('\n')
      .map((line) => {
        const [header = '', ...value] = line.split(': ');
        return [header, value.join(': ')];
      }),
  ),
  script,
}));

/** A page with only the recipe's headers and script, and another one at the redirect URI. */
async function openShop(
  { platform, site }: { platform: Pick<RunningPlatform, 'url' | 'createApp'>; site: VendorSite },
  { headers, script }: Recipe,
  attributes: (redirectUri: string) => Record<string, string> = () => ({}),
): Promise<Shop> {
  const path = `/${randomUUID()}`;
  const { clientId, issuer } = await platform.createApp({
    origins: [site.origin],
    redirectUris: [`${site.origin}${path}/back`],
  });
  const nonce = randomUUID();
  const tag = tagOf({ 'client-id': clientId, nonce, ...attributes(`${path}/back`) });
  const serve = (at: string, body: string) =>
    site.serve(at, () => {
      const scriptNonce = randomUUID();
      const fill = (text: string) =>
        text.replaceAll('https://platform.example', platform.url).replaceAll('{nonce}', scriptNonce);
      return {
        html: `<!doctype html><html lang="en"><title>A shop</title>${fill(script)}<main>${body}</main></html>`,
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)])),
      };
    });
  serve(path, tag);
  serve(`${path}/back`, '');
  return { url: site.origin + path, clientId, issuer, nonce };
}

/** Records what the policy of any page refuses from now on. */
async function watchViolations(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.context().exposeFunction('noteViolation', (text: string) => void violations.push(text));
  await page.context().addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      (window as unknown as { noteViolation(text: string): void }).noteViolation(
        `${effectiveDirective} ${blockedURI} ${sample}`,
      ),
    );
  });
  page.on('console', (message) => {
    if (/Content.Security.Policy|Cross-Origin-(Embedder|Opener|Resource)|Trusted ?Type/i.test(message.text()))
      violations.push(message.text());
  });
  return violations;
}

test('the document has its recipes', () => {
  expect(RECIPES.map(({ name }) => name)).toEqual(['With a nonce', 'With the platform’s origin', 'Isolated pages']);
  for (const { headers } of RECIPES) {
    expect(headers['Content-Security-Policy']).toMatch(/^default-src 'none'; .*require-trusted-types-for 'script'/);
    expect(headers['Content-Security-Policy']).not.toContain('unsafe');
  }
});

for (const recipe of RECIPES) {
  test(`${recipe.name}: popup and redirect work, and nothing is refused`, async ({ page, platform, site }) => {
    const violations = await watchViolations(page);
    const policies = new Map<string, string | undefined>();
    page.on('response', (response) => {
      const { pathname, origin } = new URL(response.url());
      if (origin === platform.url && response.request().resourceType() === 'script')
        policies.set(pathname, response.headers()['cross-origin-resource-policy']);
    });
    const person = await somebodyWithAccount(platform);

    const isolated = recipe.headers['Cross-Origin-Opener-Policy'] === 'same-origin';
    const byPopup = await openShop({ platform, site }, recipe, (uri) => (isolated ? { 'redirect-uri': uri } : {}));
    await page.goto(byPopup.url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(isolated);
    expect(
      await page.evaluate(() =>
        (document as unknown as ChromiumDocument).featurePolicy.allowsFeature('identity-credentials-get'),
      ),
    ).toBe(true);
    const popup = await openPopup(page);
    await signIn(popup, person);
    await share(popup);
    expect((await received(page, byPopup)).name).toBe('Ada Byron');

    const byRedirect = await openShop({ platform, site }, recipe, (uri) => ({ 'redirect-uri': uri, mode: 'redirect' }));
    await page.goto(byRedirect.url);
    await widgetOn(page).button.click();
    await shareButton(page).click();
    expect((await received(page, byRedirect)).name).toBe('Ada Byron');

    expect(violations).toEqual([]);
    expect(policies.size).toBeGreaterThan(2);
    expect(new Set(policies.values())).toEqual(new Set(['cross-origin']));
  });
}

test('the platform’s logo is on the button', async ({ page, site }) => {
  const directory = mkdtempSync(join(tmpdir(), 'platform-logo-'));
  const logo = join(directory, 'logo.svg');
  writeFileSync(
    logo,
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><rect width="28" height="28"/></svg>',
  );
  const platform = await startPlatform(
    readConfig({ PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'silent', PLATFORM_LOGO: logo }),
  );
  const { apps } = createStorage(platform.database);
  const createApp: RunningPlatform['createApp'] = async (app) => ({
    ...(await apps.create({ name: 'Test Shop', environment: 'localhost', ...app })),
    issuer: platform.url,
  });
  const violations = await watchViolations(page);
  for (const recipe of RECIPES) {
    await page.goto((await openShop({ platform: { url: platform.url, createApp }, site }, recipe)).url);
    const width = () =>
      page.locator('signup-with-platform img').evaluate((image: HTMLImageElement) => image.naturalWidth);
    await expect.poll(width).toBeGreaterThan(0);
  }
  expect(violations).toEqual([]);
  await platform.close();
  rmSync(directory, { recursive: true, force: true });
});

test('each source is needed, except for ’strict-dynamic’', async ({ page, platform, site }) => {
  const [recipe] = RECIPES;
  if (!recipe) throw new Error('no recipe');
  const open = (text: string) => {
    const policy = recipe.headers['Content-Security-Policy'] ?? '';
    expect(policy).toContain(text);
    const headers = { ...recipe.headers, 'Content-Security-Policy': policy.replace(text, '') };
    return openShop({ platform, site }, { ...recipe, headers });
  };
  const { button, element } = widgetOn(page);
  for (const text of ["'nonce-{nonce}'", 'lit-html']) {
    await page.goto((await open(text)).url);
    await page.waitForLoadState('networkidle');
    await expect(button).toHaveCount(0);
  }
  // What a script with a nonce imports inherits the nonce.
  const trusting = await open("'strict-dynamic'");
  await page.goto(trusting.url);
  const popup = await openPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await received(page, trusting);

  await page.goto((await open('connect-src https://platform.example')).url);
  const unchecked = await openPopup(page);
  await share(unchecked);
  await expect(element).toHaveAttribute('state', 'failed');
});

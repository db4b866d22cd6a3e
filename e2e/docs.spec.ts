import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { sourcesIn } from '../docs/site/build.ts';
import { type CodeBlock, codeBlocksOf, fateOf } from '../docs/site/code-blocks.ts';
import { expectNoSidewaysScrolling, expectNoViolations } from './support/accessibility.ts';
import { accountHolder, appOf, openPortal } from './support/portal.ts';
import { expect, test } from './support/test.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = sourcesIn(ROOT);
const SLUGS = SOURCES.map(({ slug }) => slug);
const addressOf = (slug: string) => (slug === 'index' ? '/docs' : `/docs/${slug}`);

/** Fails when anything is asked of another server, or a page breaks its own policy. */
function watch(page: Page, origin: string): string[] {
  const problems: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !/^(data|blob):/.test(request.url())) problems.push(request.url());
  });
  page.on('console', (message) => {
    // A site of the tests has no icon.
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return problems;
}

/** Pages of every kind: frame, colours and sizes are tested with these, and with the others what is written. */
const WHOLE = ['index', 'quickstart', 'theming', 'user-api'];
const WRITTEN = { within: 'main', except: ['color-contrast', 'target-size'] };

test('each page can be read by everybody, wide and narrow, light and dark, and asks nobody else', async ({
  page,
  platform,
}) => {
  test.slow();
  const problems = watch(page, platform.url);
  const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 320, height: 800 } };
  for (const slug of SLUGS) {
    await test.step(slug, async () => {
      const isWhole = WHOLE.includes(slug);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.setViewportSize(sizes.narrow);
      await page.goto(platform.url + addressOf(slug));
      await expect(page.getByRole('searchbox')).toBeVisible();
      await expectNoViolations(page, undefined, isWhole ? undefined : WRITTEN);
      await expectNoSidewaysScrolling(page);
      await page.setViewportSize(sizes.wide);
      await expectNoSidewaysScrolling(page);
      if (!isWhole) return;
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await expectNoViolations(page);
    });
  }
  expect(problems).toEqual([]);
});

test('the search finds without asking anybody else, by keyboard', async ({ page, platform }) => {
  const problems = watch(page, platform.url);
  await page.goto(`${platform.url}/docs`);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search the documentation' })).toBeFocused();
  await page.keyboard.type('reset api key');
  const first = page.getByRole('list', { name: 'Results' }).getByRole('link').first();
  await expect(first).toContainText('How do I reset my API key?');
  await expectNoViolations(page);
  await page.keyboard.press('ArrowDown');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${platform.url}/docs/faq#how-do-i-reset-my-api-key`);

  await page.getByRole('searchbox').fill('zzzyx');
  await expect(page.getByRole('status')).toContainText('Nothing found');
  const results = page.getByRole('list', { name: 'Results' });
  await expect(results).toContainText('Nothing found for “zzzyx”');
  await expect(results.getByRole('link', { name: /^Contact/ })).toHaveAttribute('href', '/docs/contact');
  await expectNoViolations(page);
  await page.getByRole('searchbox').fill('/1/events');
  await expect(results.getByRole('link').first()).toHaveAttribute('href', '/docs/api#listEvents');
  await page.getByRole('searchbox').fill('coop');
  await expect(page.getByRole('list', { name: 'Results' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('list', { name: 'Results' })).toBeHidden();
  expect(problems).toEqual([]);
});

test('on a phone, the button that copies covers no part of a line', async ({ page, platform }) => {
  await page.setViewportSize({ width: 380, height: 700 });
  for (const path of ['/docs/backend-go', '/docs/operate', '/docs/quickstart']) {
    await page.goto(platform.url + path);
    await expect(page.getByRole('button', { name: /^Copy/ }).first()).toBeVisible();
    // Above the code; beside a long program it stays in view as a bar, below which whole lines pass and no part of one is hidden.
    const covered = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.code')].filter((box) => box.getClientRects().length > 0);
      return boxes.flatMap((box) => {
        const [code, button] = [box.querySelector('pre'), box.querySelector('.copy')];
        if (!code || !button) return [];
        box.scrollIntoView();
        const [{ top, width }, bar] = [code.getBoundingClientRect(), button.getBoundingClientRect()];
        return bar.bottom <= top + 1 && Math.abs(bar.width - width) < 1 ? [] : [code.innerText.slice(0, 40)];
      });
    });
    expect(covered, path).toEqual([]);
  }
});

test('the search is on the API reference, too, and finds calls and error codes there', async ({ page, platform }) => {
  const problems = watch(page, platform.url);
  for (const size of [
    { width: 1280, height: 800 },
    { width: 320, height: 800 },
  ]) {
    await page.setViewportSize(size);
    await page.goto(`${platform.url}/docs/api`);
    await page.getByRole('searchbox').fill('idempotency_key_reused');
    const first = page.getByRole('list', { name: 'Results' }).getByRole('link').first();
    await expect(first).toContainText('idempotency_key_reused');
    // The whole page is so long that e2e/accessibility.spec.ts alone looks at it.
    await expectNoViolations(page, undefined, { within: 'header', except: [] });
    await expectNoSidewaysScrolling(page);
    await first.click();
    await expect(page).toHaveURL(`${platform.url}/docs/api#error-idempotency_key_reused`);
    await expect(page.locator('[id="error-idempotency_key_reused"]')).toBeInViewport();
  }
  expect(problems).toEqual([]);
});

test('everything can be read without script', async ({ browser, platform }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 380, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${platform.url}/docs/theming`);
  await expect(page.getByRole('heading', { name: 'Without the builder' })).toBeVisible();
  await expect(page.getByRole('searchbox')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Copy' })).toHaveCount(0);
  await page.getByText('Contents', { exact: true }).click();
  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link', { name: 'Quickstart' }).click();
  await expect(page.getByRole('heading', { name: 'Quickstart' })).toBeVisible();
  await expect(page.getByText('The examples have placeholders.')).toBeVisible();
  await context.close();
});

test('code is a tab stop only where it scrolls, and can be copied', async ({ page, platform, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${platform.url}/docs/embedding`);
  const boxes = page.locator('.code pre');
  await expect(boxes.first()).toHaveAttribute('tabindex', '0');
  const stops = await boxes.evaluateAll((all) =>
    all.map((box) => ({ isStop: box.hasAttribute('tabindex'), scrolls: box.scrollWidth > box.clientWidth })),
  );
  expect(stops.some(({ isStop }) => isStop) && stops.some(({ isStop }) => !isStop)).toBe(true);
  for (const { isStop, scrolls } of stops) expect(isStop).toBe(scrolls);
  await page.getByRole('button', { name: 'Copy: With a nonce' }).first().click();
  await expect(page.getByRole('status')).toHaveText('Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^Content-Security-Policy: /);

  // Beside a long program, the button stays in view.
  await page.goto(`${platform.url}/docs/backend-java`);
  const long = page.locator('.code', { hasText: 'package shop' });
  for (const size of [
    { width: 1280, height: 720 },
    { width: 380, height: 700 },
  ]) {
    await page.setViewportSize(size);
    await long.evaluate((box) => {
      const { top, height } = box.getBoundingClientRect();
      scrollTo(0, scrollY + top + height / 2);
    });
    await expect(long.getByRole('button', { name: /^Copy/ })).toBeInViewport();
  }
});

test('the examples are filled in for whoever is signed in', async ({ page, platform }) => {
  await page.goto(`${platform.url}/docs/quickstart`);
  await expect(page.getByText('The examples have placeholders.')).toBeVisible();
  await expect(page.locator('.code').first()).toContainText("audience = 'YOUR_CLIENT_ID'");

  const who = await accountHolder(platform);
  await openPortal(page, platform, who);
  await page.goto(`${platform.url}/docs/quickstart`);
  await expect(page.getByText('You are signed in and have no app yet.')).toBeVisible();

  const shop = await appOf(platform, who, 'owner', { name: 'Fern', origins: ['http://localhost:3000'] });
  const other = await appOf(platform, who, 'read-only', { name: 'Moss', environment: 'production' });
  await page.reload();
  const picker = page.getByLabel('The examples are filled in for');
  await picker.selectOption({ label: 'Fern · localhost' });
  const code = page.locator('.code').first();
  await expect(code).toContainText(`audience = '${shop.clientId}'`);
  await expect(code).toContainText(`issuer = '${platform.url}/sandbox'`);
  await picker.selectOption({ label: 'Moss · production' });
  await expect(code).toContainText(`audience = '${other.clientId}'`);
  await expect(code).toContainText(`issuer = '${platform.url}';`);
  await expectNoViolations(page);
  // The choice stays while the tab does.
  await page.goto(`${platform.url}/docs/verify`);
  await expect(page.locator('.code').first()).toContainText(other.clientId);
  // Values in a table are filled in, too; sentences stay as they are.
  await expect(page.getByRole('row', { name: /^iss/ })).toContainText(`${platform.url}/sandbox while you develop`);
  await page.goto(`${platform.url}/docs/backend-python`);
  await expect(page.getByRole('row', { name: /^Client ID/i })).toContainText(other.clientId);
  for (const secret of [shop.apiKey, shop.clientSecret]) expect(await page.content()).not.toContain(secret);
});

test('the button builder shows the real element, and prints its tag', async ({ page, platform }) => {
  const problems = watch(page, platform.url);
  await page.goto(`${platform.url}/docs/theming`);
  const builder = page.locator('[data-builder]');
  const button = builder.getByRole('button', { name: /Platform/ });
  await expect(button).toHaveAccessibleName('Sign up with Platform');
  await builder.getByLabel('Words').selectOption('continue');
  await builder.getByLabel('Language').selectOption('nl');
  await builder.getByLabel('Shape').selectOption('pill');
  await builder.getByLabel('Accent', { exact: true }).check();
  await builder.getByLabel('Accent: colour').fill('#0f7b55');
  await expect(button).toHaveAccessibleName('Doorgaan met Platform');
  await expect(button).toHaveCSS('background-color', 'rgb(15, 123, 85)');
  await expect(builder.locator('[data-tag]')).toHaveText(
    '<signup-with-platform client-id="YOUR_CLIENT_ID" text="continue" language="nl" shape="pill"></signup-with-platform>',
  );
  await expect(builder.locator('[data-css]')).toHaveText('signup-with-platform { --signup-accent: #0f7b55 }');
  await button.click();
  await expect(builder.locator('signup-with-platform')).toHaveAttribute('state', 'idle');
  expect(page.context().pages()).toHaveLength(1);
  await builder.getByRole('button', { name: 'Start again' }).click();
  await expect(button).toHaveAccessibleName('Sign up with Platform');
  expect(problems).toEqual([]);
});

/** The blocks of a language that this file runs. */
const blocksHere = (language: string): CodeBlock[] =>
  SOURCES.flatMap(({ slug, text }) => codeBlocksOf(slug, text)).filter((block) => {
    const fate = fateOf(block);
    return block.language === language && fate !== undefined && 'runIn' in fate && fate.runIn === 'e2e/docs.spec.ts';
  });

test('the HTML, CSS and script of the pages work as they are', async ({ page, platform, site }) => {
  const { clientId } = await platform.createApp({ origins: [site.origin] });
  const known = new Set(
    [...readFileSync(new URL('../docs/element.md', import.meta.url), 'utf8').matchAll(/^\| `([\w-]+)` \|/gm)].map(
      ([, name]) => name,
    ),
  );
  const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
  const fill = (code: string) =>
    code
      .replaceAll('https://platform.example', platform.url)
      .replaceAll('YOUR_CLIENT_ID', clientId)
      .replaceAll('client-id="…"', `client-id="${clientId}"`);
  const problems = watch(page, '');
  const html = blocksHere('html');
  const css = blocksHere('css');
  const js = blocksHere('js');
  expect(html.length).toBeGreaterThan(4);
  expect(css.length).toBeGreaterThan(2);
  expect(js.length).toBeGreaterThan(1);
  for (const { key, code } of html) {
    const markup = fill(code);
    site.serve('/example', () => ({
      html: `<!doctype html><html lang="en"><title>Example</title>${markup.includes('/widget.js') ? '' : script}${markup}`,
    }));
    await page.goto(`${site.origin}/example`);
    const element = page.locator('signup-with-platform').first();
    await expect(element, key).toHaveAttribute('state', 'idle');
    const names = await element.evaluate((node) => node.getAttributeNames());
    expect(
      names.filter((name) => !known.has(name)),
      key,
    ).toEqual([]);
  }
  site.serve('/example', () => ({
    html: `<!doctype html><html lang="en"><title>Example</title>${script}<form><signup-with-platform client-id="${clientId}"></signup-with-platform></form>`,
  }));
  await page.goto(`${site.origin}/example`);
  for (const { key, code } of css) {
    const rules = await page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      return [...sheet.cssRules].map((rule) => (rule instanceof CSSStyleRule ? rule.style.length : 0));
    }, code);
    expect(rules.length > 0 && rules.every((count) => count > 0), `${key}: ${rules}`).toBe(true);
  }
  for (const { code } of js) {
    const declared = /\bconst element\b/.test(code)
      ? ''
      : "const element = document.querySelector('signup-with-platform');";
    await page.evaluate(`(() => { ${declared}\n${code} })()`);
  }
  expect(problems.filter((problem) => !problem.startsWith('http'))).toEqual([]);
});

import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { buildExamples, EXAMPLE_NAMES } from '../examples/build.ts';
import { serveExamples } from '../examples/serve.ts';
import { cancel, openPopup, share, signIn, somebodyWithAccount, widgetOn } from './support/people.ts';
import { test as base, expect, type RunningPlatform } from './support/test.ts';

// One worker runs these tests, so that the examples are built once.
base.describe.configure({ mode: 'default' });
base.beforeAll(buildExamples);

const test = base.extend<object, { examples: { origin: string; clientId: string } }>({
  examples: [
    async ({ platform }, use) => {
      const { clientId } = await platform.createApp({ name: 'Examples', origins: ['http://127.0.0.1:1'] });
      const { origin, close } = await serveExamples({ platform: platform.url, clientId });
      await platform.storage.appEnvironments.setOrigins(clientId, [origin]);
      await use({ origin, clientId });
      await close();
    },
    { scope: 'worker' },
  ],
});

/** The errors and warnings of the console. */
function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  return complaints;
}

/** Cancels once, then signs up, and submits the form. */
async function signUpOn(page: Page, platform: RunningPlatform): Promise<void> {
  const person = await somebodyWithAccount(platform);
  const notice = page.locator('#notice');
  await expect(widgetOn(page).button).toHaveText('Sign up with Platform');
  await cancel(await openPopup(page));
  await expect(notice).toHaveText('No problem: fill in the form yourself.');

  const popup = await openPopup(page);
  await signIn(popup, person);
  await share(popup);
  await expect(notice).toHaveText(`Nice to meet you, ${person.givenName}.`);
  await expect(page.getByLabel('Email')).toHaveValue(person.email);
  // The person adds to the value that the element has filled in.
  await page.getByLabel('Name').press('End');
  await page.keyboard.type('!');
  await page.getByRole('button', { name: 'Create account' }).click();
  const name = `${person.givenName} ${person.familyName}!`;
  await expect(notice).toHaveText(`Welcome, ${name} <${person.email}>, vouched for by the platform.`);
}

for (const name of EXAMPLE_NAMES) {
  test(`a person signs up in the example ${name}`, async ({ page, platform, examples }) => {
    const complaints = watchConsole(page);
    await page.goto(`${examples.origin}/${name}/`);
    await signUpOn(page, platform);
    // The examples have no backend that would make one.
    expect(complaints).toEqual([expect.stringContaining('The tag has no nonce')]);
  });
}

test.describe('rendered on a server', () => {
  const LABELS = { en: 'Sign up with Platform', ar: /Platform/ } as const;

  test('the button is there without a script, and looks the same as with one', async ({ browser, examples }) => {
    const look = async (context: BrowserContext) => {
      const page = await context.newPage();
      await page.goto(`${examples.origin}/ssr/`);
      const { button } = widgetOn(page);
      await expect(button).toHaveText(LABELS.en);
      if (await page.evaluate(() => navigator.webdriver)) await page.waitForLoadState('networkidle');
      const shot = await page.screenshot();
      await context.close();
      return shot;
    };
    const without = await look(await browser.newContext({ javaScriptEnabled: false }));
    const withScript = await look(await browser.newContext());
    expect(without.equals(withScript)).toBe(true);
  });

  for (const [language, label] of Object.entries(LABELS)) {
    test(`it is hydrated without changes, in ${language}`, async ({ page, examples }) => {
      const complaints = watchConsole(page);
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/browser.js', async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(`${examples.origin}/ssr/?language=${language}`, { waitUntil: 'commit' });
      const { element, button } = widgetOn(page);
      await expect(button).toHaveText(label);
      const words = await button.textContent();
      // Every node of the tree must still be there afterwards. Changes of the text in between are recorded.
      await element.evaluate((host) => {
        const root = host.shadowRoot as ShadowRoot;
        const nodes = [...root.querySelectorAll('*')];
        const changes: string[] = [];
        const shifts: number[] = [];
        Object.assign(window, { nodes, changes, shifts });
        new MutationObserver((records) => {
          for (const { type, target, attributeName } of records)
            changes.push(`${type} ${target.nodeName} ${attributeName}`);
        }).observe(root, { childList: true, characterData: true, attributes: true, subtree: true });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      release();
      await expect(element).toHaveAttribute('state', 'idle');
      const after = await element.evaluate((host) => {
        const { nodes, changes, shifts } = window as unknown as {
          nodes: Element[];
          changes: string[];
          shifts: number[];
        };
        const now = [...(host.shadowRoot as ShadowRoot).querySelectorAll('*')];
        return {
          same: now.length === nodes.length && now.every((node, index) => node === nodes[index]),
          changes,
          shifts,
        };
      });
      expect(after).toEqual({ same: true, changes: [], shifts: [] });
      expect(await button.textContent()).toBe(words);
      const popup = await openPopup(page);
      await expect(popup.getByRole('button').first()).toBeVisible();
      expect(complaints).toEqual([]);
    });
  }
});

test.describe('the versioned script', () => {
  interface Manifest {
    url: string;
    integrity: string;
    parts: Record<string, string>;
  }

  /** The page from the documentation, with its placeholders filled in. */
  const pageOf = (example: string, { url, integrity, parts }: Manifest, clientId: string, platform: string) =>
    example
      .replaceAll(/https:\/\/platform\.example\/widget\/[0-9a-f]+\/widget\.js/g, url)
      .replaceAll(/"https:\/\/platform\.example[^"]*": "sha384-[^"]*"/g, JSON.stringify(parts).slice(1, -1))
      .replaceAll(/integrity="sha384-[^"]*"/g, `integrity="${integrity}"`)
      .replaceAll('client-id="…"', `client-id="${clientId}" platform="${platform}"`);

  test('works with its integrity, and does not run after it was changed', async ({ page, platform, site }) => {
    const documentation = readFileSync(new URL('../docs/versions-and-integrity.md', import.meta.url), 'utf8');
    const [, example = ''] = /^```html\n([\s\S]*?)^```/m.exec(documentation) ?? [];
    const manifest: Manifest = await (await fetch(`${platform.url}/widget/manifest.json`)).json();
    const { clientId } = await platform.createApp({ origins: [site.origin] });
    const tampered = (text: string) => text.replace(/sha384-..../, 'sha384-AAAA');
    const pages = {
      '/whole': manifest,
      '/script': { ...manifest, integrity: tampered(manifest.integrity) },
      '/parts': {
        ...manifest,
        parts: Object.fromEntries(Object.entries(manifest.parts).map(([url, integrity]) => [url, tampered(integrity)])),
      },
    };
    for (const [path, said] of Object.entries(pages)) {
      site.serve(path, () => ({ html: pageOf(example, said, clientId, platform.url) }));
    }
    await page.goto(`${site.origin}/whole`);
    const popup = await openPopup(page);
    await expect(widgetOn(page).element).toHaveAttribute('state', 'waiting');
    await popup.close();

    await page.goto(`${site.origin}/parts`);
    await widgetOn(page).button.click();
    await expect(widgetOn(page).element).toHaveAttribute('state', 'failed');

    await page.goto(`${site.origin}/script`);
    await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
    expect(await page.evaluate(() => customElements.get('signup-with-platform') === undefined)).toBe(true);
  });
});

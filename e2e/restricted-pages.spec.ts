import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { wholeBrowser } from './support/launch.ts';
import {
  openPopup,
  openShop,
  plainPage,
  received,
  type ShopOptions,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  tagOf,
  untilClosed,
  watchEvents,
  widgetOn,
} from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import { startVendorSite, type VendorSite } from './support/vendor-site.ts';

// Pages that cannot do what a page usually can: each works, or says why it does not, and what to do, to the person and to the developer.

interface Fixtures {
  page: Page;
  platform: RunningPlatform;
  site: VendorSite;
}

/** What the element wrote for the developer. */
function watchConsole(page: Page): () => string {
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  return () => lines.filter((line) => line.includes('misconfigured') || line.includes('<signup')).join('\n');
}

async function signUpAt(url: string, { page, platform }: Fixtures): Promise<Page> {
  await page.goto(url);
  const popup = await openPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  return popup;
}

test('keys that take seven seconds are waited for', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const events = await watchEvents(page);
  await page.route('**/jwks', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    await route.continue();
  });
  await signUpAt(shop.url, { page, platform, site });
  await received(page, shop);
  expect(await events()).toEqual(['signup-start', 'signup-success']);
});

test('a page whose fetch always sends cookies', async ({ page, platform, site }) => {
  const wrapper = `<script>{
    const own = window.fetch;
    window.fetch = (url, init) => own(url, { ...init, credentials: 'include' });
  }</script>`;
  const shop = await openShop({ platform, site }, { html: (tag, script) => plainPage(tag, wrapper + script) });
  await signUpAt(shop.url, { page, platform, site });
  await received(page, shop);
});

test.describe('without cookies and storage', () => {
  /** As browsers do where somebody has blocked all of a site's data. */
  const withoutStorage = (html: string) =>
    html.replace(
      '<script',
      `<script>
        const refuse = () => { throw new DOMException('Access is denied for this document.', 'SecurityError'); };
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
          Object.defineProperty(window, name, { get: refuse });
        Object.defineProperty(Document.prototype, 'cookie', { get: refuse, set: refuse });
      </script><script`,
    );
  const open = ({ platform, site }: Fixtures, attributes: ShopOptions['attributes'] = {}) =>
    openShop({ platform, site }, { attributes, html: (tag, script) => withoutStorage(plainPage(tag, script)) });

  test('the popup works', async ({ page, platform, site }) => {
    const shop = await open({ page, platform, site }, { remember: '' });
    await signUpAt(shop.url, { page, platform, site });
    await received(page, shop);
  });

  for (const [attributes, reason] of [
    [{ mode: 'redirect', 'redirect-uri': '/back' }, 'sessionStorage, which mode="redirect" needs'],
    [{ 'login-uri': '/sign-in' }, 'login-uri needs a cookie'],
  ] as const) {
    test(`${Object.keys(attributes).join(' and ')} says what it needs`, async ({ page, platform, site }) => {
      const said = watchConsole(page);
      const shop = await open({ page, platform, site }, attributes);
      const events = await watchEvents(page);
      await page.goto(shop.url);
      const { button, status, element } = widgetOn(page);
      await button.click();
      await expect(element).toHaveAttribute('state', 'failed');
      await expect(status).toHaveText('This isn’t available right now.');
      expect(await events()).toEqual(['signup-start', 'signup-error misconfigured']);
      expect(said()).toContain(reason);
    });
  }
});

test('a browser that keeps no cookies at all: the popup says so, and what to allow', async ({
  playwright,
  platform,
  site,
}) => {
  const directory = mkdtempSync(join(tmpdir(), 'without-cookies-'));
  mkdirSync(join(directory, 'Default'));
  const BLOCK = 2;
  const preferences = { profile: { default_content_setting_values: { cookies: BLOCK } } };
  writeFileSync(join(directory, 'Default/Preferences'), JSON.stringify(preferences));
  const { args } = wholeBrowser;
  const context = await playwright.chromium.launchPersistentContext(directory, {
    ...wholeBrowser,
    args: [...args, '--headless=new'],
  });
  try {
    const page = await context.newPage();
    const events = await watchEvents(page);
    const shop = await openShop({ platform, site });
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await signIn(popup, await somebodyWithAccount(platform));
    await expect(popup.getByRole('heading', { name: 'Cookies are blocked' })).toBeVisible();
    await expect(popup.getByText('Allow cookies for this site, close this window, and try again.')).toBeVisible();
    await popup.close();
    await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
    expect(await events()).toEqual(['signup-start', 'signup-cancel']);
  } finally {
    await context.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

test.describe('in a sandboxed frame', () => {
  const OWN_TAB =
    'This page is inside another page, which doesn’t let it open a window. Open it in a tab of its own, or carry on without it.';

  /** The shop's page in a frame of another site's. */
  async function openFrame({ page, platform, site }: Fixtures, sandbox: string) {
    const shop = await openShop({ platform, site }, { attributes: { debug: '' } });
    const around = await startVendorSite('localhost');
    around.serve('/', () => ({
      html: `<!doctype html><title>Around</title><iframe width="600" height="500" src="${shop.url}" sandbox="${sandbox}"></iframe>`,
    }));
    await page.goto(`${around.origin}/`);
    const frame = page.frameLocator('iframe');
    const element = frame.locator('signup-with-platform');
    return {
      button: frame.getByRole('button', { name: 'Sign up with Platform' }),
      element,
      status: element.locator('[part=status]'),
      note: element.getByRole('note'),
      close: () => around.close(),
    };
  }

  for (const [sandbox, reason] of [
    ['allow-scripts allow-popups allow-forms', 'without allow-same-origin'],
    ['allow-scripts allow-forms', 'without allow-same-origin'],
    ['allow-scripts allow-same-origin allow-forms', 'Give its sandbox allow-popups'],
  ] as const) {
    test(`${sandbox}: says that it takes a tab of its own, and which word is missing`, async ({
      page,
      platform,
      site,
    }) => {
      const said = watchConsole(page);
      const { button, element, status, note, close } = await openFrame({ page, platform, site }, sandbox);
      await button.click();
      await expect(element).toHaveAttribute('state', /failed|blocked/);
      await expect(status).toHaveText(OWN_TAB);
      await expect(note).toContainText(reason);
      expect(said()).toContain(reason);
      expect(page.context().pages()).toHaveLength(1);
      await close();
    });
  }

  test('that sends no forms: the popup says so when somebody presses, and debug before', async ({
    page,
    platform,
    site,
  }) => {
    const sandbox = 'allow-scripts allow-same-origin allow-popups';
    const { button, note, close } = await openFrame({ page, platform, site }, sandbox);
    await expect(note).toContainText('The frame around this page has a sandbox without allow-forms.');
    const popup = await openPopup(page, button);
    await signIn(popup, await somebodyWithAccount(platform));
    await expect(popup.getByRole('alert')).toHaveText(
      'This window can’t send anything, because the page that opened it doesn’t allow it. Open that page in a tab of its own, then try again.',
    );
    await close();
  });

  test('that lets its popups out: works, although it sends no forms itself', async ({ page, platform, site }) => {
    const sandbox = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox';
    const { button, element, close } = await openFrame({ page, platform, site }, sandbox);
    const popup = await openPopup(page, button);
    await signIn(popup, await somebodyWithAccount(platform));
    await share(popup);
    await expect(element).toHaveAttribute('state', 'completed');
    await close();
  });
});

/** The shop's page in a frame at an address that a script makes. */
const framedAt = (address: string) => (tag: string, script: string) =>
  `<!doctype html><title>Around</title><script>
  const content = ${JSON.stringify(`<!doctype html><html lang="en">${script}<main>${tag}</main></html>`).replaceAll('</', '<\\/')};
  addEventListener('DOMContentLoaded', () => {
    const frame = Object.assign(document.createElement('iframe'), { src: ${address}, width: 600, height: 500 });
    document.body.append(frame);
  });
</script><body></body>`;

test('a frame with a data: address has no origin, and says so', async ({ page, platform, site }) => {
  const said = watchConsole(page);
  const shop = await openShop(
    { platform, site },
    { html: framedAt(`'data:text/html;charset=utf-8,' + encodeURIComponent(content)`) },
  );
  await page.goto(shop.url);
  const element = page.frameLocator('iframe').locator('signup-with-platform');
  await element.getByRole('button').click();
  await expect(element).toHaveAttribute('state', 'failed');
  await expect(element.getByRole('status')).toContainText('Open it in a tab of its own');
  expect(said()).toContain('has a data: address');
  expect(page.context().pages()).toHaveLength(1);
});

test('a frame with a blob: address has the origin of the page that made it, and works', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop(
    { platform, site },
    { html: framedAt(`URL.createObjectURL(new Blob([content], { type: 'text/html;charset=utf-8' }))`) },
  );
  await page.goto(shop.url);
  const element = page.frameLocator('iframe').locator('signup-with-platform');
  const popup = await openPopup(page, element.getByRole('button'));
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await expect(element).toHaveAttribute('state', 'completed');
});

test('a page that its own policy sandboxes without an origin says so', async ({ page, platform, site }) => {
  const said = watchConsole(page);
  const headers = { 'content-security-policy': 'sandbox allow-scripts allow-popups allow-forms' };
  const shop = await openShop({ platform, site }, { headers });
  await page.goto(shop.url);
  const { element, button, status } = widgetOn(page);
  await button.click();
  await expect(element).toHaveAttribute('state', 'failed');
  await expect(status).toHaveText('This isn’t available right now.');
  expect(said()).toContain('sandboxed without allow-same-origin');
  expect(page.context().pages()).toHaveLength(1);
});

test.describe('a page that is left in the middle of it, and come back to', () => {
  /** As browsers do with a page that they keep: Chromium keeps none whose popup is open, and Safari and Firefox do. */
  const leave = (page: Page) =>
    page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
  const comeBack = (page: Page) =>
    page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));

  test('has ended the attempt, closed the popup, and starts afresh', async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site });
    const events = await watchEvents(page);
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await expect(popup.getByLabel('Email')).toBeVisible();
    await leave(page);
    await untilClosed(popup);
    await comeBack(page);
    const { element, status } = widgetOn(page);
    await expect(element).toHaveAttribute('state', 'cancelled');
    await expect(status).toHaveText('Cancelled. Nothing was shared.');
    const again = await openPopup(page);
    await signIn(again, await somebodyWithAccount(platform));
    await share(again);
    await received(page, shop);
    expect(await events()).toEqual(['signup-start', 'signup-cancel', 'signup-start', 'signup-success']);
  });

  test('has ended it as well while an answer was being checked', async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site });
    const events = await watchEvents(page);
    await page.goto(shop.url);
    const release: (() => void)[] = [];
    await page.route('**/jwks', async (route) => {
      await new Promise<void>((resolve) => release.push(resolve));
      await route.continue();
    });
    const popup = await openPopup(page);
    await signIn(popup, await somebodyWithAccount(platform));
    await share(popup);
    // It is being checked. Whoever leaves now has not signed up, so that no page is told of it that nobody sees.
    await leave(page);
    await comeBack(page);
    for (const go of release) go();
    await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
    expect(await events()).toEqual(['signup-start', 'signup-cancel']);
  });

  for (const closes of [true, false]) {
    test(`in Chromium itself: ${closes ? 'kept, once the popup is closed' : 'loaded again, with the popup closed'}`, async ({
      playwright,
      platform,
      site,
    }) => {
      const browser = await playwright.chromium.launch({
        ...wholeBrowser,
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
      });
      try {
        const page = await browser.newPage();
        await page.addInitScript(() => {
          for (const name of ['signup-start', 'signup-cancel', 'signup-success'])
            addEventListener(name, () => {
              sessionStorage['heard'] = `${sessionStorage['heard'] ?? ''} ${name}`;
            });
        });
        const shop = await openShop({ platform, site });
        site.serve('/elsewhere', () => ({ html: '<p>Elsewhere</p>' }));
        await page.goto(shop.url);
        const popup = await openPopup(page);
        await expect(popup.getByLabel('Email')).toBeVisible();
        if (closes) await popup.close();
        const { element } = widgetOn(page);
        if (closes) await expect(element).toHaveAttribute('state', 'cancelled');
        await page.goto(`${site.origin}/elsewhere`);
        await untilClosed(popup);
        // The call does not wait for it, because the page may be gone.
        await page.evaluate(() => void setTimeout(() => history.back()));
        await page.waitForURL(shop.url, { waitUntil: 'commit' });
        await expect(element).toHaveAttribute('state', /idle|cancelled/);
        // Playwright does not report the popup of a page that was kept as one of this page.
        const [again] = await Promise.all([page.context().waitForEvent('page'), widgetOn(page).button.click()]);
        await signIn(again, await somebodyWithAccount(platform));
        await share(again);
        await received(page, shop);
        expect(await page.evaluate(() => sessionStorage['heard'])).toBe(
          ' signup-start signup-cancel signup-start signup-success',
        );
      } finally {
        await browser.close();
      }
    });
  }
});

test('a frame of srcdoc has the origin of the page around it, and debug knows', async ({ page, platform, site }) => {
  const inFrame = (content: string) =>
    `<!doctype html><title>Around</title><iframe width="600" height="500" srcdoc='${content}'></iframe>`;
  const shop = await openShop(
    { platform, site },
    {
      attributes: { debug: '', 'login-uri': '/sign-in', nonce: 'Zm9yIHRoaXMgdmlldw' },
      html: (tag, script) => inFrame(script + tag),
    },
  );
  site.serve('/sign-in', (_url, { form, headers }) => ({
    html: `<p>${[...form.keys()]} ${headers.cookie?.includes(String(form.get('csrf_token')))}</p>`,
  }));
  await page.goto(shop.url);
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('note')).toContainText('Debug: no problem was found.');
  const popup = await openPopup(page, frame.getByRole('button', { name: 'Sign up with Platform' }));
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await expect(frame.getByText('credential,csrf_token true')).toBeVisible();
  expect(page.url()).toBe(shop.url);
});

test('a frame of another site posts to its login-uri, with its own cookie', async ({ page, platform, site }) => {
  const around = await startVendorSite('localhost');
  const shop = await openShop({ platform, site }, { attributes: { 'login-uri': '/sign-in' } });
  site.serve('/sign-in', (_url, { form, headers }) => ({
    html: `<p>${[...form.keys()]} ${headers.cookie?.includes(String(form.get('csrf_token')))}</p>`,
  }));
  around.serve('/', () => ({
    html: `<!doctype html><title>Around</title><iframe width="600" height="500" src="${shop.url}"></iframe>`,
  }));
  await page.goto(`${around.origin}/`);
  const frame = page.frameLocator('iframe');
  const popup = await openPopup(page, frame.getByRole('button', { name: 'Sign up with Platform' }));
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await expect(frame.getByText('credential,csrf_token true')).toBeVisible();
  await around.close();
});

test.describe('under a <base>', () => {
  async function openBased({ platform, site }: Fixtures, base: string, attributes: Record<string, string>) {
    const { clientId } = await platform.createApp({
      origins: [site.origin],
      redirectUris: [`${site.origin}/deep/back`],
    });
    const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
    const tag = tagOf({ 'client-id': clientId, nonce: 'Zm9yIHRoaXMgdmlldw', ...attributes });
    const path = `/${randomUUID()}`;
    site.serve(path, () => ({ html: plainPage(tag, base + script) }));
    site.serve('/deep/back', () => ({ html: plainPage('', base + script) }));
    site.serve('/deep/sign-in', (_url, { form }) => ({ html: `<p>${[...form.keys()]}</p>` }));
    return site.origin + path;
  }

  for (const base of ['<base target="_blank">', '<base href="/deep/" target="elsewhere">']) {
    const relative = base.includes('href') ? '' : '/deep/';
    test(`${base} the popup, the form and the redirect stay where they belong`, async ({ page, platform, site }) => {
      const url = await openBased({ page, platform, site }, base, { 'login-uri': `${relative}sign-in` });
      await signUpAt(url, { page, platform, site });
      await page.waitForURL(`${site.origin}/deep/sign-in`);
      await expect(page.getByText('credential,csrf_token')).toBeVisible();
      expect(page.context().pages()).toHaveLength(1);

      const there = await openBased({ page, platform, site }, base, {
        mode: 'redirect',
        'redirect-uri': `${relative}back`,
      });
      await page.goto(there);
      await widgetOn(page).button.click();
      await shareButton(page)
        .or(page.getByRole('button', { name: /^Continue as/ }))
        .click();
      await page.waitForURL(there);
      await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');
      expect(page.context().pages()).toHaveLength(1);
    });
  }

  for (const attribute of ['redirect-uri', 'login-uri']) {
    test(`of another origin, ${attribute} says what leads there`, async ({ page, platform, site }) => {
      const said = watchConsole(page);
      const base = '<base href="https://assets.example/v2/">';
      const url = await openBased({ page, platform, site }, base, { [attribute]: '/deep/back', debug: '' });
      await page.goto(url);
      const { element, button } = widgetOn(page);
      await button.click();
      await expect(element).toHaveAttribute('state', 'failed');
      expect(said()).toContain('The <base> of this page leads there: write the whole address.');
      if (attribute === 'redirect-uri')
        await expect(element.getByRole('note')).toContainText(
          `The redirect URI https://assets.example/deep/back does not have the page’s origin ${site.origin}.`,
        );
    });
  }
});

for (const [way, attributes, policy] of [
  ['relay', {}, 'same-origin'],
  ['redirect', { mode: 'redirect' }, 'unsafe-none'],
] as const) {
  test(`a redirect URI with letters of other alphabets works as it is typed (${way})`, async ({ page, platform }) => {
    const site = await startVendorSite('localhost');
    const typed = '/zurück/戻る?from=straße';
    const origin = new URL(site.origin.replace('localhost', 'bücher.localhost')).origin;
    const sent = new URL(typed, origin);
    const { clientId } = await platform.createApp({ origins: [origin], redirectUris: [sent.href] });
    const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
    const headers = { 'cross-origin-opener-policy': policy };
    const tag = tagOf({ 'client-id': clientId, nonce: 'n', 'redirect-uri': typed, ...attributes });
    site.serve('/', () => ({ headers, html: plainPage(tag, script) }));
    site.serve(sent.pathname, () => ({ headers, html: plainPage('', script) }));
    await page.goto(`${origin}/`);
    const { button, element } = widgetOn(page);
    const opened = way === 'relay' && page.context().waitForEvent('page');
    await button.click();
    const there = opened ? await opened : page;
    await signIn(there, await somebodyWithAccount(platform));
    await shareButton(there).click();
    await expect(element).toHaveAttribute('state', 'completed');
    expect(page.url()).toBe(`${origin}/`);
    await site.close();
  });
}

test('a page that is reloaded closes its popup, and starts afresh', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await expect(popup.getByLabel('Email')).toBeVisible();
  await page.reload();
  await untilClosed(popup);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'idle');
  await signUpAt(shop.url, { page, platform, site });
  await received(page, shop);
});

import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { type CredentialPayload, verifyLoginPost } from '../client/index.ts';
import { defaultStrings, stringsFor } from '../widget/strings/strings.ts';
import { wholeBrowser } from './support/launch.ts';
import {
  openPopup,
  openShop,
  received,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  tagOf,
  watchEvents,
  widgetOn,
} from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import { startVendorSite, type VendorSite } from './support/vendor-site.ts';

/** Signs in, agrees, and waits until the form is filled. */
async function complete(page: Page, platform: RunningPlatform, selector = 'signup-with-platform'): Promise<void> {
  const { button, element } = widgetOn(page, selector);
  const popup = await openPopup(page, button);
  const { email, password } = await somebodyWithAccount(platform);
  await signIn(popup, { email, password });
  await share(popup);
  await expect(element).toHaveAttribute('state', 'completed');
}

/** What the form would submit, without the values of credentials. */
const entries = (page: Page, index = 0) =>
  page.evaluate((form) => [...new FormData(document.forms[form])].map(([name]) => name), index);

test('with required, the form is refused with a message at the button until the sign-up is done', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop(
    { platform, site },
    {
      attributes: { required: '', language: 'nl' },
      html: (tag, script) =>
        `<!doctype html><html lang="en"><title>A shop</title>${script}<form action="#sent">${tag}<button>Go</button></form></html>`,
    },
  );
  await page.goto(shop.url);
  const { element, button } = widgetOn(page);
  await expect(button).toBeVisible();
  const validity = () =>
    element.evaluate((widget: HTMLElementTagNameMap['signup-with-platform']) => ({
      valid: widget.matches(':valid'),
      missing: widget.validity.valueMissing,
      message: widget.validationMessage,
      focused: widget.shadowRoot?.activeElement?.localName,
    }));
  const refused = page.evaluate(
    () =>
      new Promise((resolve) =>
        addEventListener('invalid', ({ target }) => resolve((target as Element).localName), true),
      ),
  );
  await page.getByRole('button', { name: 'Go' }).click();
  expect(await refused).toBe('signup-with-platform');
  expect(page.url()).toBe(shop.url);
  await expect.poll(validity).toEqual({
    valid: false,
    missing: true,
    message: (await stringsFor('nl')).required,
    focused: 'button',
  });
  await element.evaluate((widget) => widget.removeAttribute('language'));
  await expect.poll(validity).toMatchObject({ valid: false, message: defaultStrings.required });

  await complete(page, platform);
  expect(await validity()).toMatchObject({ valid: true, missing: false, message: '' });
  await page.getByRole('button', { name: 'Go' }).click();
  await page.waitForURL(/\?credential=.+#sent$/);
});

test('names, owners, two elements, a fieldset, reset', async ({ page, platform, site }) => {
  const { clientId } = await platform.createApp({ origins: [site.origin] });
  const path = `/${randomUUID()}`;
  const tag = (attributes: Record<string, string>) => tagOf({ 'client-id': clientId, ...attributes });
  site.serve(path, () => ({
    html: `<!doctype html><html lang="en"><title>A shop</title><script type="module" src="${platform.url}/widget.js"></script>
      <form><fieldset><input name="given_name" autocomplete="given-name">${tag({ id: 'own' })}</fieldset></form>
      <form id="other"><input name="note" value="kept"></form>
      ${tag({ id: 'outside', for: 'other', name: 'id_token' })}</html>`,
  }));
  await page.goto(site.origin + path);
  await complete(page, platform, '#own');
  // A person who has agreed before sees no page.
  await widgetOn(page, '#outside').button.click();
  await expect(widgetOn(page, '#outside').element).toHaveAttribute('state', 'completed');
  expect(await entries(page, 0)).toEqual(['given_name', 'credential']);
  expect(await entries(page, 1)).toEqual(['note', 'id_token']);
  expect(
    await page.evaluate(() => document.forms[0]?.elements.length),
    'the element is among the elements of its form',
  ).toBe(3);

  const own = widgetOn(page, '#own');
  const setDisabled = (disabled: boolean) =>
    page.locator('fieldset').evaluate((fieldset, on) => {
      (fieldset as HTMLFieldSetElement).disabled = on;
    }, disabled);
  await setDisabled(true);
  await expect(own.button).toBeDisabled();
  expect(await entries(page, 0)).toEqual([]);
  await setDisabled(false);
  await expect(own.button).toBeEnabled();
  expect(await entries(page, 0)).toEqual(['given_name', 'credential']);

  await page.evaluate(() => document.forms[0]?.reset());
  await expect(own.element).toHaveAttribute('state', 'idle');
  expect(await entries(page, 0)).toEqual(['given_name']);
  await expect(widgetOn(page, '#outside').element).toHaveAttribute('state', 'completed');
});

/** Completes a sign-up, goes to another page and back. @returns the page's address */
async function leaveAndReturn(page: Page, platform: RunningPlatform, url: string): Promise<string> {
  await page.goto(url);
  await complete(page, platform);
  const email = await page.getByRole('textbox').inputValue();
  await page.goto(`${url}/next`);
  // The call does not wait for it, because the page may be gone.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.waitForURL(url, { waitUntil: 'commit' });
  return email;
}

/** @param nonceOf returns the nonce of a page view, counted from 1 */
async function openRevisitedPage(
  { platform, site }: { platform: RunningPlatform; site: VendorSite },
  nonceOf: (view: number) => string,
  { headers = {}, script = '' }: { headers?: Record<string, string>; script?: string } = {},
): Promise<{ url: string; clientId: string; issuer: string }> {
  const { clientId, issuer } = await platform.createApp({ origins: [site.origin] });
  const path = `/${randomUUID()}`;
  let views = 0;
  site.serve(`${path}/next`, () => ({ html: '<!doctype html><title>Next</title>' }));
  site.serve(path, () => {
    views += 1;
    const tag = tagOf({ 'client-id': clientId, nonce: nonceOf(views), required: '' });
    return {
      html: `<!doctype html><html lang="en"><title>A shop</title>${script}
        <script type="module" src="${platform.url}/widget.js"></script>
        <form><input name="email" autocomplete="email">${tag}</form></html>`,
      headers,
    };
  });
  return { url: site.origin + path, clientId, issuer };
}

test('after a return to the page, which is loaded again, the sign-up is still completed', async ({
  page,
  platform,
  site,
}) => {
  const events = await watchEvents(page);
  const nonce = randomUUID();
  const shop = await openRevisitedPage({ platform, site }, () => nonce);
  const email = await leaveAndReturn(page, platform, shop.url);
  expect((await received(page, { ...shop, nonce })).email).toBe(email);
  expect(await entries(page)).toEqual(['email', 'credential']);
  expect(await page.evaluate(() => document.forms[0]?.checkValidity())).toBe(true);
  // No event is fired again.
  expect(await events()).toEqual(['signup-start', 'signup-success']);
});

test('after a return to a page with another nonce, the sign-up is not completed', async ({ page, platform, site }) => {
  const shop = await openRevisitedPage({ platform, site }, (view) => `view-${view}-${randomUUID()}`, {
    headers: { 'cache-control': 'no-store' },
  });
  await leaveAndReturn(page, platform, shop.url);
  await page.waitForLoadState('networkidle');
  await expect(widgetOn(page).element).toHaveAttribute('state', 'idle');
  expect(await entries(page)).toEqual(['email']);
});

test('after a return through the back/forward cache, the page is as it was', async ({ playwright, platform, site }) => {
  // Playwright switches that cache off.
  const browser = await playwright.chromium.launch({
    ...wholeBrowser,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const page = await browser.newPage();
  const nonce = randomUUID();
  const script = `<script>addEventListener('pageshow', ({ persisted }) => { if (persisted) document.title = 'Persisted'; });</script>`;
  const shop = await openRevisitedPage({ platform, site }, () => nonce, { script });
  const email = await leaveAndReturn(page, platform, shop.url);
  await expect(page).toHaveTitle('Persisted');
  expect((await received(page, { ...shop, nonce })).email).toBe(email);
  expect(await entries(page)).toEqual(['email', 'credential']);
  await browser.close();
});

test.describe('login-uri', () => {
  interface LoginShop {
    url: string;
    /** The received posts, and what the vendor's backend read from them. */
    logins: { form: string[]; claims?: CredentialPayload; code?: string }[];
  }

  /** A page without its own script, and a backend that checks what is posted. */
  async function openLoginShop(
    { platform, site }: { platform: RunningPlatform; site: VendorSite },
    attributes: (path: string) => Record<string, string> = () => ({}),
  ): Promise<LoginShop> {
    const path = `/${randomUUID()}`;
    const redirectUri = `${site.origin}${path}`;
    const { clientId, issuer } = await platform.createApp({ origins: [site.origin], redirectUris: [redirectUri] });
    const nonce = randomUUID();
    const logins: LoginShop['logins'] = [];
    const tag = tagOf({ 'client-id': clientId, nonce, 'login-uri': `${path}/login`, ...attributes(path) });
    site.serve(path, () => ({
      html: `<!doctype html><html lang="en"><title>A shop</title>
        <script type="module" src="${platform.url}/widget.js"></script>${tag}</html>`,
      headers: { 'content-security-policy': `script-src ${platform.url}; form-action 'self'` },
    }));
    site.serve(`${path}/login`, async (_url, { form, headers }) => {
      const names = [...form.keys()];
      const outcome = await verifyLoginPost({ body: form, cookie: headers.cookie }, { clientId, issuer, nonce }).then(
        (claims) => ({ claims }),
        ({ code }: { code: string }) => ({ code }),
      );
      logins.push({ form: names, ...outcome });
      return { html: `<!doctype html><title>${'claims' in outcome ? 'Welcome' : 'Refused'}</title>` };
    });
    return { url: redirectUri, logins };
  }

  for (const mode of ['popup', 'redirect'] as const) {
    test(`posts the credential to the vendor’s backend, by ${mode}`, async ({ page, platform, site }) => {
      // The page is its own redirect URI.
      const shop = await openLoginShop({ platform, site }, (path) => ({ mode, 'redirect-uri': path }));
      await page.goto(shop.url);
      const person = await somebodyWithAccount(platform);
      if (mode === 'popup') {
        const popup = await openPopup(page);
        await signIn(popup, person);
        await share(popup);
      } else {
        await widgetOn(page).button.click();
        await signIn(page, person);
        await shareButton(page).click();
      }
      await expect(page).toHaveTitle('Welcome');
      const [login] = shop.logins;
      expect(login?.form).toEqual(['credential', 'csrf_token']);
      expect(login?.claims?.email).toBe(person.email);
      const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'signup_csrf_token');
      expect(cookie).toMatchObject({ sameSite: 'Strict', path: '/' });
    });
  }

  test('a post from another site is refused', async ({ page, platform, site }) => {
    const shop = await openLoginShop({ platform, site });
    // `localhost` is another site than 127.0.0.1, so that SameSite has an effect.
    const stranger = await startVendorSite('localhost');
    stranger.serve('/', () => ({
      html: `<!doctype html><title>Elsewhere</title><form method="post" action="${shop.url}/login">
        <input name="credential" value="stolen"><input name="csrf_token" value="guessed"><button>Win a prize</button></form>`,
    }));
    await page
      .context()
      .addCookies([{ name: 'signup_csrf_token', value: 'guessed', url: shop.url, sameSite: 'Strict' }]);
    await page.goto(stranger.origin);
    await page.getByRole('button').click();
    await expect(page).toHaveTitle('Refused');
    expect(shop.logins.map(({ code }) => code)).toEqual(['foreign_post']);
    await stranger.close();
  });

  test('an address on another origin is refused before anybody has agreed', async ({ page, platform, site }) => {
    const events = await watchEvents(page);
    const addresses = [
      'https://elsewhere.example/login',
      'http://127.0.0.1:1/login',
      'javascript:alert(1)',
      'http://[',
    ];
    for (const [index, loginUri] of addresses.entries()) {
      const shop = await openLoginShop({ platform, site }, () => ({ 'login-uri': loginUri }));
      await page.goto(shop.url);
      const { button, element } = widgetOn(page);
      await button.click();
      await expect(element).toHaveAttribute('state', 'failed');
      expect((await events()).slice(2 * index)).toEqual(['signup-start', 'signup-error misconfigured']);
      await expect.poll(() => page.context().pages().length).toBe(1);
    }
  });
});

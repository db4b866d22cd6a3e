import type { Page } from '@playwright/test';
import { RESPONSE_MESSAGE } from '@signup-with-platform/protocol';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { answerTo, beginAttempt, expect, seenBy, signCredential, test, watchedPage } from './support/forger.ts';
import { openShop, share, shareButton, signIn, somebodyWithAccount, widgetOn } from './support/people.ts';

/** Tests that everything people write stays text: in the popup, in the message, and in the shop's page. */

const MARKUP = {
  script: '<script>window.hacked=1</script>',
  'an end tag': '</script><script>window.hacked=1</script>',
  'an attribute': '"><img src=x onerror=window.hacked=1>',
  'line separators': 'a\u2028window.hacked=1\u2029',
  'a bidirectional override': '\u202egro.live//:sptth\u202c',
  'a template': '{{window.hacked=1}}<?>{vendor}',
  'a comment': '<!--<script>window.hacked=1',
};
const EVERYTHING = Object.values(MARKUP).join(' ');

/** Records what must not happen in any window: a script that ran, a policy that blocked something, an element made of text. */
async function watchForHarm(page: Page): Promise<() => Promise<void>> {
  const harm: string[] = [];
  page.context().on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) harm.push(message.text());
  });
  page.context().on('weberror', (error) => harm.push(String(error.error())));
  page.context().on('dialog', (dialog) => {
    harm.push(dialog.message());
    dialog.dismiss();
  });
  await page.context().addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`Content Security Policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  return async () => {
    for (const window of page.context().pages()) {
      expect(await window.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
      await expect(window.locator('img[src="x"]')).toHaveCount(0);
    }
    expect(harm).toEqual([]);
  };
}

test('in the name of an app, in names and in parameters', async ({ page, platform, site }) => {
  const expectNoHarm = await watchForHarm(page);
  const ada = await somebodyWithAccount(platform, {
    givenName: EVERYTHING,
    familyName: MARKUP.script,
    phoneNumber: MARKUP['an attribute'],
    address: { street_address: `${EVERYTHING}\n${EVERYTHING}`, locality: MARKUP['an end tag'], country: '"><b>' },
    locale: MARKUP.script,
    picture: 'javascript:window.hacked=1',
  });
  const hostile = { language: '"><script>', theme: '</style><script>window.hacked=1</script>' };
  const { clientId, issuer } = await platform.createApp({
    name: EVERYTHING,
    origins: [site.origin],
    logoUri: 'javascript:window.hacked=1',
    privacyPolicyUri: 'javascript:window.hacked=1',
    termsUri: 'data:text/html,<script>window.hacked=1</script>',
  });
  // The text is long, and must come back unchanged.
  const state = EVERYTHING.slice(0, 512);
  const nonce = `${EVERYTHING}`.slice(0, 512);
  const fields = 'name email phone_number address locale picture';
  const query = new URLSearchParams({ client_id: clientId, origin: site.origin, state, nonce, fields, ...hostile });
  site.serve('/hostile-text', () => ({ html: watchedPage('') }));
  await page.goto(`${site.origin}/hostile-text`);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((url) => void window.open(url), `${platform.url}/popup?${query}`),
  ]);
  // The name is shown, and cannot reorder the origin next to it.
  await expect(popup.locator('bdi', { hasText: MARKUP.script }).first()).toContainText('</script><script>');
  await expect(popup.getByText(site.origin, { exact: true })).toBeVisible();
  await expectNoHarm();

  await popup.getByLabel('Email').evaluate((input) => {
    (input as HTMLInputElement).type = 'text';
  });
  await popup.getByLabel('Email').fill(MARKUP['an attribute']);
  await popup.getByLabel('Password').fill(EVERYTHING);
  await popup.getByRole('button', { name: 'Sign in' }).click();
  await expect(popup.getByLabel('Email')).toHaveValue(MARKUP['an attribute']);
  await expectNoHarm();

  await signIn(popup, ada);
  await expect(shareButton(popup)).toBeVisible();
  await expect(popup.getByRole('link', { name: /policy|terms/i })).toHaveCount(0);
  for (const row of await popup.getByRole('checkbox').all()) await row.check();
  await expectNoHarm();
  await share(popup);

  const { messages } = await seenBy(page);
  const answer = messages.at(-1) as { data: { type: string; state: string; iss: string; credential: string } };
  expect(answer.data).toMatchObject({ type: RESPONSE_MESSAGE, state, iss: issuer });
  const claims = JSON.parse(Buffer.from(answer.data.credential.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ given_name: EVERYTHING, nonce });
  await expectNoHarm();
});

test('in what a shop’s page shows and fills in', async ({ page, platform, site }) => {
  const expectNoHarm = await watchForHarm(page);
  const attempt = await beginAttempt(
    page,
    { platform, site },
    {
      html: (tag, script) =>
        watchedPage(`${tag}<input autocomplete="name"><textarea autocomplete="street-address"></textarea>`, script),
    },
  );
  const credential = await signCredential(platform, 'sandbox', {
    iss: attempt.shop.issuer,
    aud: attempt.shop.clientId,
    nonce: attempt.nonce,
    sub: EVERYTHING,
    name: EVERYTHING,
    email: MARKUP['an attribute'],
    address: { street_address: EVERYTHING, country: MARKUP.script },
    picture: 'javascript:window.hacked=1',
  });
  await attempt.popup.evaluate((message) => window.opener.postMessage(message, '*'), {
    ...(await answerTo(attempt, platform)),
    credential,
  });
  const { element } = widgetOn(page);
  await expect(element).toHaveAttribute('state', 'completed');
  await expect(element.locator('[part=output]')).toContainText('<script>window.hacked=1</script>');
  await expect(page.locator('input')).toHaveValue(EVERYTHING.replaceAll(/[\r\n]/g, ''));
  await expect(page.locator('textarea')).toHaveValue(EVERYTHING);
  await expectNoHarm();
});

test('in the errors that a shop’s page is told', async ({ page, platform, site }) => {
  const expectNoHarm = await watchForHarm(page);
  const shop = await openShop({ platform, site }, { html: watchedPage });
  await page.goto(shop.url);
  const { element, status } = widgetOn(page);
  await element.evaluate((widget, fields) => widget.setAttribute('fields', fields), MARKUP.script);
  await element.getByRole('button').click();
  await expect(element).toHaveAttribute('state', 'failed');
  expect((await seenBy(page)).events.at(-1)).toMatchObject({ name: 'signup-error', code: 'platform_error' });
  // The page shows only the platform's own words.
  await expect(status).not.toContainText('script');
  await expectNoHarm();
});

test('in what the error pages tell developers', async ({ page, platform }) => {
  const expectNoHarm = await watchForHarm(page);
  const { clientId } = await platform.createApp({ origins: ['https://shop.example'] });
  const base = { client_id: clientId, state: 's', nonce: 'n' };
  for (const text of Object.values(MARKUP)) {
    await page.goto(`${platform.url}/popup?${new URLSearchParams({ ...base, origin: text })}`);
    // What sets a direction is taken out, because it would turn our own words around.
    const told = text.replaceAll(/[\p{Bidi_Control}\s]+/gu, ' ').trim();
    await expect(page.getByText(told).first()).toBeVisible();
    expect(await page.content()).not.toMatch(/\p{Bidi_Control}/u);
  }
  for (const path of [
    `/popup?${new URLSearchParams({ ...base, origin: 'https://shop.example', state: '', fields: EVERYTHING })}`,
    `/authorize?${new URLSearchParams({ ...base, redirect_uri: EVERYTHING, response_type: EVERYTHING, scope: EVERYTHING })}`,
    `/${encodeURIComponent(MARKUP.script)}`,
    `/interaction/${encodeURIComponent(MARKUP['an attribute'])}`,
    `/confirm-email?${new URLSearchParams({ code: MARKUP['an attribute'] })}`,
  ]) {
    await page.goto(platform.url + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoHarm();
  }
});

test('names with markup or control characters in a form are refused', async ({ platform }) => {
  const { clientId } = await platform.createApp({ origins: ['https://shop.example'] });
  const browser = new HttpBrowser(platform.url);
  const signInPage = await browser.openPopup({
    client_id: clientId,
    origin: 'https://shop.example',
    state: 's',
    nonce: 'n',
  });
  const form = await browser.get(signInPage.signUpAddress);
  for (const given_name of [MARKUP.script, MARKUP['line separators'], 'a\u0000b', 'a\r\nBcc: x@example.com']) {
    const answer = await browser.submit(form, '/sign-up', {
      given_name,
      email: 'names@example.com',
      password: 'an engine of difference',
    });
    expect([given_name, answer.status]).toEqual([given_name, 400]);
  }
});

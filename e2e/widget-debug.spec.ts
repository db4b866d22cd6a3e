import type { Page } from '@playwright/test';
import { expectNoViolations } from './support/accessibility.ts';
import { openShop, type ShopOptions, widgetOn } from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';
import type { VendorSite } from './support/vendor-site.ts';

/** A shop whose tag has the attribute `debug`. */
async function debug(page: Page, fixtures: { platform: RunningPlatform; site: VendorSite }, options: ShopOptions = {}) {
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  const shop = await openShop(fixtures, {
    html: (tag, script) =>
      `<!doctype html><html lang="en"><title>A shop</title>${script}<main><h1>A shop</h1>${tag}</main></html>`,
    ...options,
    attributes: { debug: '', nonce: 'Zm9yIHRoaXMgdmlldw', ...options.attributes },
  });
  await page.goto(shop.url);
  const note = widgetOn(page).element.getByRole('note');
  await expect(note.locator('strong')).not.toHaveText(/looking/);
  return { note, warnings, titles: () => note.locator('li:not(.ok) b').allTextContents() };
}

test('debug says when there is no problem, and is absent without the attribute', async ({ page, platform, site }) => {
  const { note, warnings } = await debug(page, { platform, site });
  await expect(note).toContainText('Debug: no problem was found.');
  await expect(note).toHaveAttribute('lang', 'en');
  await note.getByText(/^In order: \d/).click();
  await expect(note).toContainText(`The origin ${site.origin} is registered.`);
  await expect(note).toContainText('The clocks agree');
  expect(warnings).toEqual([]);
  await expectNoViolations(page);

  await widgetOn(page).element.evaluate((element) => element.removeAttribute('debug'));
  await expect(note).toHaveCount(0);
  const loaded: string[] = [];
  page.on('request', (request) => void loaded.push(request.url()));
  await page.goto((await openShop({ platform, site })).url);
  await widgetOn(page).button.hover();
  await expect.poll(() => loaded.some((url) => url.includes('/attempt-'))).toBe(true);
  expect(loaded.filter((url) => /debug|check/.test(url))).toEqual([]);
});

test('debug names a nonce that is none, and fields that nobody is asked for', async ({ page, platform, site }) => {
  const { titles } = await debug(
    page,
    { platform, site },
    { attributes: { nonce: '…', fields: 'name birthdate shoe' } },
  );
  expect(await titles()).toEqual([
    'The attribute fields names what no platform has: shoe.',
    'The attribute fields names what this app has not registered: birthdate.',
    'The nonce is a placeholder or can be guessed: ….',
  ]);
  await widgetOn(page).element.evaluate((element) => {
    element.removeAttribute('nonce');
    element.removeAttribute('fields');
  });
  await expect.poll(titles).toEqual(['The tag has no nonce.']);
});

test('debug explains a page’s headers, under a strict policy, once each', async ({ page, platform, site }) => {
  const { note, warnings, titles } = await debug(
    page,
    { platform, site },
    {
      attributes: { 'redirect-uri': '/nowhere' },
      headers: {
        'content-security-policy': [
          "default-src 'none'",
          `script-src ${platform.url}`,
          `connect-src 'self' ${platform.url}/widget/`,
          "require-trusted-types-for 'script'",
          'trusted-types lit-html',
        ].join('; '),
        'cross-origin-opener-policy': 'same-origin',
        date: new Date(Date.now() - 30_000).toUTCString(),
      },
    },
  );
  const found = [
    `The Content-Security-Policy keeps the widget from the platform’s keys: connect-src does not allow ${platform.url}.`,
    `The redirect URI ${site.origin}/nowhere is not registered.`,
    expect.stringMatching(/^The clock of the page’s server is (29|30|31) seconds off\.$/),
  ];
  expect(await titles()).toEqual(found);
  await expect(note.locator('code').first()).toHaveText(`connect-src 'self' ${platform.url}`);
  await note.getByText(/^In order: \d/).click();
  await expect(note).toContainText('Cross-Origin-Opener-Policy is same-origin; the answer comes by way of');
  await widgetOn(page).element.evaluate((element) => element.setAttribute('text', 'continue'));
  await expectNoViolations(page);
  expect(warnings.map((text) => text.split('\n')[0]?.replace('<signup-with-platform debug> ', ''))).toEqual(found);

  // Another client ID starts another inspection.
  await widgetOn(page).element.evaluate((element) => element.setAttribute('client-id', '<b>nobody</b>'));
  await expect(note).toContainText('No app has the client ID <b>nobody</b>.');
});

test('debug explains an unregistered origin, and the attempt that fails because of it', async ({
  page,
  platform,
  site,
}) => {
  const { clientId } = await platform.createApp({ origins: ['https://shop.example'] });
  const { note, warnings, titles } = await debug(page, { platform, site }, { attributes: { 'client-id': clientId } });
  expect(await titles()).toEqual([`The origin ${site.origin} is not registered.`]);
  await expect(note.locator('code')).toHaveText(site.origin);
  await widgetOn(page).element.evaluate((element) =>
    Object.assign(element, { timings: { pollMs: 20, closedGraceMs: 20, unreachableGraceMs: 20, timeoutMs: 60_000 } }),
  );
  const [popup] = await Promise.all([page.waitForEvent('popup'), widgetOn(page).button.click()]);
  // A window that is closed while it loads may keep the browser busy for long.
  await popup.waitForLoadState();
  await popup.close();
  await expect(note).toContainText('Attempt failed, popup_unreachable');
  await expect(note).toContainText('See the findings about the origin');
  expect(warnings.map((text) => text.split('\n')[0])).toEqual([
    `<signup-with-platform debug> The origin ${site.origin} is not registered.`,
    expect.stringContaining('<signup-with-platform debug> Attempt failed, popup_unreachable'),
  ]);
});

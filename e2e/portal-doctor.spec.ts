import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import { plainPage, tagOf } from './support/people.ts';
import { accountHolder, appOf, openPortal } from './support/portal.ts';
import { expect, test } from './support/test.ts';

/** Lets the doctor check an address. @returns the problems it reports */
async function examine(page: Page, address: string): Promise<string[]> {
  const field = page.getByLabel('Address of your page, or its origin');
  await field.fill(address);
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    page.getByRole('button', { name: 'Check' }).click(),
  ]);
  await expect(page.getByText('Checked: ').or(page.getByText('We couldn’t see the page itself'))).toBeVisible();
  return page.locator('.findings h3').allTextContents();
}

test('the doctor says what will not work on a page, and how to correct it', async ({ page, platform, site }) => {
  const developer = await accountHolder(platform);
  const redirectUri = `${site.origin}/${randomUUID()}`;
  const app = await appOf(platform, developer, 'read-only', { origins: [site.origin], redirectUris: [redirectUri] });
  const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
  const tag = (attributes: Record<string, string> = {}) =>
    tagOf({ 'client-id': app.clientId, nonce: randomUUID(), ...attributes });
  const serve = (html = plainPage(tag(), script), headers: Record<string, string> = {}): string => {
    const path = `/${randomUUID()}`;
    site.serve(path, () => ({ html, headers }));
    return site.origin + path;
  };
  await openPortal(page, platform, developer, `/apps/${app.appId}/localhost/doctor`);
  await expect(page.getByRole('heading', { level: 1, name: 'Doctor' })).toBeVisible();
  await expect(page.getByText('The doctor can’t see what the page looks like after sign-in')).toBeVisible();

  await test.step('a page without problems', async () => {
    expect(await examine(page, serve())).toEqual([]);
    await expect(page.getByRole('heading', { name: 'No problems found' })).toBeVisible();
    await expect(page.getByText(`The origin ${site.origin} is registered.`)).toBeVisible();
    await expect(page.getByText('The clocks agree')).toBeVisible();
    await expectAccessible(page, TAB_ROOM);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step('an origin that is nearly registered, and pages that cannot be reached', async () => {
    const near = site.origin.replace('127.0.0.1', 'localhost');
    expect(await examine(page, near)).toContain(`The origin ${near} is not registered, though ${site.origin} is.`);
    expect(await examine(page, 'http://shop.test:8080')).toEqual(
      expect.arrayContaining([
        'The page is served over http.',
        'The origin http://shop.test:8080 is not registered.',
        expect.stringContaining('The page could not be reached ('),
      ]),
    );
    await expect(page.getByText('put the attribute debug on the tag, which checks from within the page')).toBeVisible();
    expect(await examine(page, 'http://192.168.1.20')).toContain(
      'The page is on your own machine or network, which cannot be seen from here.',
    );
  });

  await test.step('headers', async () => {
    const coop = { 'cross-origin-opener-policy': 'same-origin' };
    const [cutOff] = await examine(page, serve(undefined, coop));
    expect(cutOff).toBe(
      'Cross-Origin-Opener-Policy: same-origin cuts the popup off, and the tag names no redirect URI.',
    );
    await expect(page.locator('.findings code')).toHaveText(`redirect-uri="${redirectUri}"`);

    const problems = await examine(
      page,
      serve(undefined, {
        'content-security-policy': "default-src 'self'; trusted-types default; sandbox allow-scripts allow-same-origin",
        date: new Date(Date.now() - 90_000).toUTCString(),
      }),
    );
    expect(problems).toEqual([
      `The Content-Security-Policy blocks the script: default-src does not allow ${platform.url}.`,
      `The Content-Security-Policy keeps the widget from the platform’s keys: default-src does not allow ${platform.url}.`,
      'The Content-Security-Policy does not allow the Trusted Types policy lit-html.',
      'The Content-Security-Policy has sandbox without allow-forms allow-popups.',
      expect.stringMatching(/^The clock of the page’s server is (89|90|91) seconds off\.$/),
    ]);
    await expect(page.locator('.findings code').first()).toHaveText(`script-src 'self' ${platform.url}`);
    await expectAccessible(page, TAB_ROOM);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await test.step('the tag, the script and the redirect URI', async () => {
    const sibling = await platform.storage.appEnvironments.add(app.appId, 'development:sandbox', [
      'https://shop.example',
    ]);
    const nonce = randomUUID();
    const wrong = tagOf({ nonce, 'client-id': sibling?.clientId ?? '', 'redirect-uri': `${redirectUri}/` });
    const classic = `<script src="http://127.0.0.1:9/widget.js"></script>`;
    expect(await examine(page, serve(plainPage(wrong, classic)))).toEqual([
      'The tag has the client ID of another environment of this app: Sandbox.',
      'The script comes from another place: http://127.0.0.1:9/widget.js.',
      'The script element is not a module: http://127.0.0.1:9/widget.js.',
      `The redirect URI ${redirectUri}/ is not registered, though ${redirectUri} is.`,
    ]);
    const relayed = serve(plainPage(tag({ 'redirect-uri': redirectUri }), script), {
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(await examine(page, relayed)).toEqual([
      `The page at the redirect URI ${redirectUri} could not be reached (it answered with status 404).`,
    ]);
    site.serve(new URL(redirectUri).pathname, () => ({ html: script }));
    expect(await examine(page, relayed)).toEqual([]);
    await expect(page.getByText('the answer comes by way of the redirect URI')).toBeVisible();
    expect(await examine(page, serve('<!doctype html><title>Nothing</title>'))).toEqual([
      'The page as it is sent has no <signup-with-platform>.',
    ]);
  });
});

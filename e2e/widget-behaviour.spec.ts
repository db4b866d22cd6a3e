import { wholeBrowser } from './support/launch.ts';
import {
  cancel,
  closesAfter,
  openPopup,
  openShop,
  plainPage,
  received,
  share,
  shareButton,
  signIn,
  signUp,
  somebody,
  somebodyWithAccount,
  tagOf,
  untilClosed,
  watchEvents,
  widgetOn,
} from './support/people.ts';
import { openSecludedShop } from './support/secluded-shop.ts';
import { expect, test } from './support/test.ts';
import { startVendorSite } from './support/vendor-site.ts';

test('a second click brings the existing window to the front', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  const events = await watchEvents(page);
  await page.goto(shop.url);
  const { element, button, status } = widgetOn(page);
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.dblclick()]);
  await expect(popup.getByLabel('Email')).toBeVisible();
  await expect(element).toHaveAttribute('state', 'waiting');
  await expect(status).toHaveText('Finish in the window that just opened.');

  await page.bringToFront();
  await popup.evaluate(() => {
    const counting = window as unknown as { focusCount: number };
    counting.focusCount = 0;
    addEventListener('focus', () => counting.focusCount++);
  });
  await expect(button).toHaveText('Show the open window');
  await button.click();
  await expect.poll(() => popup.evaluate(() => document.hasFocus())).toBe(true);
  expect(page.context().pages()).toHaveLength(2);
  await signIn(popup, ada);
  await share(popup);
  await received(page, shop);
  expect(await events()).toEqual(['signup-start', 'signup-success']);
});

test('an answer that is there before the rest of the script is kept until somebody can judge it', async ({
  page,
  platform,
  site,
}) => {
  const press = "document.querySelector('signup-with-platform').signUp()";
  const shop = await openShop(
    { platform, site },
    { html: (tag, script) => plainPage(`${tag}<button id="own" onclick="${press}">Join</button>`, script) },
  );
  const ada = await somebodyWithAccount(platform);
  const events = await watchEvents(page);
  await page.goto(shop.url);
  const first = await openPopup(page);
  await signIn(first, ada);
  await share(first);
  await received(page, shop);

  // The platform asks somebody who is back nothing, so that its popup answers and closes at once.
  const heldMs = 1_500;
  await page.route('**/widget/*-*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, heldMs));
    await route.continue();
  });
  await page.reload();
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.locator('#own').click()]);
  await untilClosed(popup);
  await received(page, shop);
  expect(await events()).toEqual(['signup-start', 'signup-success', 'signup-start', 'signup-success']);
});

test('the buttons of two shops on one page ignore each other’s answers', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { html: (tag, script) => plainPage(`${tag}${other}`, script) });
  const second = await openShop({ platform, site }, { app: { name: 'Second Shop' } });
  const other = tagOf({ 'client-id': second.clientId, nonce: second.nonce, id: 'second' });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const [first, next] = [widgetOn(page, 'signup-with-platform:not([id])'), widgetOn(page, '#second')];

  const popup = await openPopup(page, first.button);
  const otherPopup = await openPopup(page, next.button);
  await expect(otherPopup.getByText('Second Shop')).toBeVisible();
  await cancel(otherPopup);
  await expect(next.element).toHaveAttribute('state', 'cancelled');
  await expect(first.element).toHaveAttribute('state', 'waiting');
  await signIn(popup, ada);
  await share(popup);
  const credential = await received(page, shop, 'signup-with-platform:not([id])');
  await expect(next.element).toHaveAttribute('state', 'cancelled');

  await share(await openPopup(page, next.button));
  expect((await received(page, second, '#second')).sub).not.toBe(credential.sub);
});

test('two buttons of one shop can serve different people', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { html: (tag, script) => plainPage(`${tag}${twin(tag)}`, script) });
  const ada = await somebodyWithAccount(platform);
  const grace = await somebodyWithAccount(platform, { givenName: 'Grace', familyName: 'Hopper' });
  await page.goto(shop.url);
  const [left, right] = [widgetOn(page, 'signup-with-platform:not([id])'), widgetOn(page, '#twin')];

  // Both windows are open before either person signs in.
  const adas = await openPopup(page, left.button);
  const graces = await openPopup(page, right.button);
  await expect(graces.getByLabel('Email')).toBeVisible();
  await signIn(adas, ada);
  await share(adas);
  expect(await received(page, shop, 'signup-with-platform:not([id])')).toMatchObject({ name: 'Ada Byron' });
  await signIn(graces, grace);
  await share(graces);
  expect(await received(page, shop, '#twin')).toMatchObject({ name: 'Grace Hopper' });
});

function twin(tag: string): string {
  return tag.replace('<signup-with-platform', '<signup-with-platform id="twin"');
}

test('a disabled button opens no popup, by click or by call', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { attributes: { disabled: '' } });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const { element, button } = widgetOn(page);
  await expect(button).toBeDisabled();
  await button.click({ force: true });
  await element.evaluate((widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).signUp());
  await expect(element).toHaveAttribute('state', 'idle');
  expect(page.context().pages()).toHaveLength(1);

  await element.evaluate((widget) => widget.removeAttribute('disabled'));
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await share(popup);
  await received(page, shop);
});

test('a person who takes too long can start again', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  const events = await watchEvents(page);
  await page.goto(shop.url);
  const { element, button, status } = widgetOn(page);
  const setTimeoutMs = (timeoutMs: number) =>
    element.evaluate((widget, ms) => {
      const signup = widget as HTMLElementTagNameMap['signup-with-platform'];
      signup.timings = { ...signup.timings, timeoutMs: ms };
    }, timeoutMs);

  await setTimeoutMs(1_000);
  const popup = await openPopup(page, button);
  await untilClosed(popup);
  await expect(element).toHaveAttribute('state', 'timed-out');
  await expect(status).toHaveText('That took too long. Press the button to start again.');
  expect(await events()).toEqual(['signup-start', 'signup-error timed_out']);

  await setTimeoutMs(600_000);
  const again = await openPopup(page, button);
  await signIn(again, ada);
  await share(again);
  await received(page, shop);
});

test('a browser that blocks the window says so, and a click opens it after all', async ({
  playwright,
  platform,
  site,
}) => {
  // Playwright switches the popup blocker off, so it is switched on for this test.
  const browser = await playwright.chromium.launch({
    ...wholeBrowser,
    ignoreDefaultArgs: ['--disable-popup-blocking'],
  });
  try {
    const page = await browser.newPage();
    const events = await watchEvents(page);
    const uninvited = `<script type="module">
      await customElements.whenDefined('signup-with-platform');
      document.querySelector('signup-with-platform').signUp();
    </script>`;
    const shop = await openShop({ platform, site }, { html: (tag, script) => plainPage(tag, script + uninvited) });
    await page.goto(shop.url);
    const { element, button, status } = widgetOn(page);
    await expect(element).toHaveAttribute('state', 'blocked');
    await expect(status).toHaveText(
      'Your browser blocked the window. Allow pop-ups for this site, then press the button again.',
    );
    expect(await events()).toEqual(['signup-start', 'signup-error popup_blocked']);

    const popup = await openPopup(page, button);
    await signIn(popup, await somebodyWithAccount(platform));
    await share(popup);
    await received(page, shop);
    expect(await events()).toEqual(['signup-start', 'signup-error popup_blocked', 'signup-start', 'signup-success']);
  } finally {
    await browser.close();
  }
});

for (const [name, userAgent, isStandalone] of [
  [
    'an app’s own view of the web',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 384.0',
    false,
  ],
  ['a page on the home screen of iOS', undefined, true],
] as const) {
  test(`in ${name} the page goes itself, where it can come back`, async ({ browser, platform, site }) => {
    const context = await browser.newContext({ ...(userAgent && { userAgent }) });
    const page = await context.newPage();
    if (isStandalone)
      await page.addInitScript(() => Object.defineProperty(navigator, 'standalone', { get: () => true }));
    const shop = await openSecludedShop({ platform, site }, { policy: 'unsafe-none' });
    await page.goto(shop.url);
    await widgetOn(page).button.click();
    await signIn(page, await somebodyWithAccount(platform));
    await shareButton(page).click();
    await received(page, shop);

    // Without a redirect URI, the popup is the only way to try.
    const other = await openSecludedShop({ platform, site }, { policy: 'unsafe-none', redirectUri: false });
    await page.goto(other.url);
    const popup = await openPopup(page);
    await share(popup);
    await received(page, other);
    await context.close();
  });
}

test('in a frame of another site’s page the popup works, and the page itself does not leave', async ({
  page,
  platform,
  site,
}) => {
  const around = await startVendorSite('localhost');
  const sandbox = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';
  const attributes = ['', ` sandbox="${sandbox}"`, ' sandbox="allow-scripts allow-same-origin"'];
  const person = await somebodyWithAccount(platform);
  for (const [index, attribute] of attributes.entries()) {
    const shop = await openSecludedShop({ platform, site }, { policy: 'unsafe-none' });
    around.serve(`/${index}`, () => ({
      html: `<!doctype html><title>Around</title><iframe width="600" height="500" src="${shop.url}"${attribute}></iframe>`,
    }));
    await page.goto(`${around.origin}/${index}`);
    const frame = page.frameLocator('iframe');
    const button = frame.getByRole('button', { name: 'Sign up with Platform' });
    const element = frame.locator('signup-with-platform');
    if (attribute.includes('popups') || !attribute) {
      const popup = await openPopup(page, button);
      if (index === 0) await signIn(popup, person);
      await share(popup);
      await expect(element).toHaveAttribute('state', 'completed');
    } else {
      await button.click();
      await expect(element).toHaveAttribute('state', 'blocked');
    }
  }
  await around.close();
});

test('an error page of the platform has a link back to the page, which is as it was left', async ({
  page,
  platform,
  site,
}) => {
  const attributes = { mode: 'redirect' };
  const shop = await openSecludedShop({ platform, site }, { policy: 'unsafe-none', attributes });
  const events = await watchEvents(page);
  await page.goto(shop.url);
  await page.getByLabel('Note').fill('Ring twice');
  await widgetOn(page).button.click();
  await page
    .locator('form[action$="/sign-in"] input[name=csrf]')
    .evaluate((input: HTMLInputElement) => input.setAttribute('value', 'stale'));
  const person = await somebodyWithAccount(platform);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'We couldn’t accept this form' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to Test Shop' }).click();
  await expect(widgetOn(page).element).toHaveAttribute('state', 'cancelled');
  expect(page.url()).toBe(shop.url);
  await expect(page.getByLabel('Note')).toHaveValue('Ring twice');
  expect(await events()).toEqual(['signup-start', 'signup-cancel']);
});

test('after a success the button asks who the person is, and accepts another one', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site });
  const grace = await somebodyWithAccount(platform, { givenName: 'Grace', familyName: 'Hopper' });
  await page.goto(shop.url);
  const { button } = widgetOn(page);
  const popup = await openPopup(page, button);
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ name: 'Ada Byron' });

  await expect(button).toHaveAccessibleName('Change: Use another account');
  const again = await openPopup(page, button);
  await signIn(again, grace);
  await share(again);
  expect(await received(page, shop)).toMatchObject({ name: 'Grace Hopper' });
});

const ORDERS: Record<string, (tag: string, script: string) => string> = {
  'in the page before its script': (tag, script) => plainPage(tag + script, ''),
  'in the page after its script': (tag, script) => plainPage(script + tag, ''),
  'with its script twice': (tag, script) => plainPage(tag, script + script),
  // It is another address of the same module, so the browser runs it a second time.
  'with its script loaded from two addresses': (tag, script) =>
    plainPage(tag, script + script.replace('/widget.js', '/widget.js?copy')),
  'added by script long after both': (tag, script) =>
    plainPage(
      `<template>${tag}</template>
      <script type="module">
        await customElements.whenDefined('signup-with-platform');
        document.querySelector('main').append(document.querySelector('template').content);
      </script>`,
      script,
    ),
};

for (const [place, html] of Object.entries(ORDERS)) {
  test(`the tag works ${place}`, async ({ page, platform, site }) => {
    const shop = await openShop({ platform, site }, { html });
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await signIn(popup, await somebodyWithAccount(platform));
    await share(popup);
    await received(page, shop);
    expect(errors).toEqual([]);
  });
}

test('a platform that is down behind its proxy is named, and the button works again once it is back', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  const events = await watchEvents(page);
  await page.goto(shop.url);
  const { element, button, status } = widgetOn(page);
  // The page has all of the script, as it has when the platform goes down later.
  await button.hover();
  await page.waitForLoadState('networkidle');
  platform.down = true;
  try {
    const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
    await expect(popup).toHaveTitle('504 Gateway Time-out');
    await expect(element).toHaveAttribute('state', 'failed');
    await expect(status).toHaveText(
      'The sign-up service can’t be reached right now. Try again in a moment, or carry on without it.',
    );
    await untilClosed(popup);
    await expect(button).toBeEnabled();
    await expect(button).toHaveText('Sign up with Platform');
    expect(await events()).toEqual(['signup-start', 'signup-error platform_unreachable']);

    // Whoever closes the error page need not wait.
    const [again] = await Promise.all([page.waitForEvent('popup'), button.click()]);
    await again.close();
    await expect(element).toHaveAttribute('state', 'failed');
  } finally {
    platform.down = false;
  }
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await share(popup);
  await received(page, shop);
});

test('a shop that cuts its popups off gets an error, and not silence or a cancel event', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site }, { headers: { 'cross-origin-opener-policy': 'same-origin' } });
  const events = await watchEvents(page);
  await page.goto(shop.url);
  const { element, button, status } = widgetOn(page);
  // Playwright does not report a popup that is cut off as one of this page.
  const [popup] = await Promise.all([page.context().waitForEvent('page'), button.click()]);
  await signUp(popup, somebody());
  await expect(shareButton(popup)).toBeVisible();

  await expect(element).toHaveAttribute('state', 'failed');
  await expect(status).toHaveText('The window couldn’t reach this page. Try again, or carry on without it.');
  await expect(button).toBeEnabled();
  await expect(button).toHaveText('Sign up with Platform');
  expect(await events()).toEqual(['signup-start', 'signup-error popup_unreachable']);

  await shareButton(popup).click();
  await expect(popup.getByRole('heading', { name: 'We couldn’t return you to Test Shop' })).toBeVisible();
  await expect(popup.getByText('so nothing was sent. Close this window, go back to Test Shop')).toBeVisible();
  await closesAfter(popup, () => popup.getByRole('button', { name: 'Close window' }).click());

  const [again] = await Promise.all([page.context().waitForEvent('page'), button.click()]);
  await again.close();
});

test('Cross-Origin-Opener-Policy: same-origin-allow-popups is fine', async ({ page, platform, site }) => {
  const headers = { 'cross-origin-opener-policy': 'same-origin-allow-popups' };
  const shop = await openShop({ platform, site }, { headers });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await received(page, shop);
});

test('a shop with the strictest Content-Security-Policy needs only the platform’s origin in it', async ({
  page,
  platform,
  site,
}) => {
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "style-src 'none'",
    `script-src ${platform.url}`,
    `connect-src ${platform.url}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ];
  const form = (tag: string) => `<form>${tag}<label>Mail <input name="email" autocomplete="email"></label></form>`;
  const shop = await openShop(
    { platform, site },
    {
      headers: { 'content-security-policy': policy.join('; ') },
      html: (tag, script) => plainPage(form(tag), script),
    },
  );
  const ada = await somebodyWithAccount(platform);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (violation) =>
      console.error(`${violation.effectiveDirective} ${violation.blockedURI}`),
    );
  });

  await page.goto(shop.url);
  const { button } = widgetOn(page);
  // The styles were applied, because an unstyled button does not have this height.
  expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  const popup = await openPopup(page, button);
  await signIn(popup, ada);
  await share(popup);
  await expect(page.getByLabel('Mail')).toHaveValue(ada.email);
  await expect(widgetOn(page).element.locator('dl').getByText('Ada Byron')).toBeVisible();
  expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
});

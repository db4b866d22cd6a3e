import type { BrowserContext, Page } from '@playwright/test';
import { expectEnd, reload, SLOW_MS, visit } from './support/delivery.ts';
import { type Cell, CHROMIUM_ROWS, cellsOf, type Outcome } from './support/delivery-matrix.ts';
import { wholeBrowser } from './support/launch.ts';
import {
  openPopup,
  received,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  untilClosed,
  watchEvents,
  widgetOn,
} from './support/people.ts';
import { openSecludedShop, type SecludedShop } from './support/secluded-shop.ts';
import { expect, test } from './support/test.ts';
import { startVendorSite } from './support/vendor-site.ts';

interface Journey {
  readonly cell: Cell;
  readonly context: BrowserContext;
  readonly shop: SecludedShop;
  /** The shop's. */
  readonly page: Page;
  /** The window with the platform's pages: the popup, or the same window. */
  readonly there: Page;
}

/** Presses the button. @returns the window where the platform's pages are */
async function begin(page: Page, { way }: Pick<Cell, 'way'>): Promise<Page> {
  if (way !== 'redirect') return openPopup(page);
  await widgetOn(page).button.click();
  return page;
}

/** One click of a test person who has agreed before, so that the platform has nothing more to ask. */
function agree(there: Page): Promise<void> {
  return there.getByRole('button', { name: 'Has shared with your shop before' }).click();
}

/** What happens between the click and the answer. */
const EVENTS_ON_THE_WAY: Readonly<Record<Outcome, (journey: Journey) => Promise<unknown>>> = {
  granted: ({ there }) => agree(there),
  cancelled: ({ there }) => there.getByRole('button', { name: 'Cancel' }).click(),
  closed: async ({ cell, page, there }) => {
    await expect(there.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await (cell.way === 'redirect' ? page.goBack() : there.close());
  },
  error: async () => {},
  slow: async ({ cell, page, there }) => {
    // A window that cannot be brought to the front can be opened again.
    if (cell.way === 'relay') await expect(widgetOn(page).button).toHaveText('Start again');
    await agree(there);
  },
  offline: async ({ context, there }) => {
    await expect(there.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await context.setOffline(true);
    const lost = there.waitForEvent('requestfailed');
    await agree(there);
    await lost;
    await context.setOffline(false);
    await there.goBack();
    await agree(there);
  },
  'reloaded there': async ({ there }) => {
    await expect(there.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await there.reload();
    await agree(there);
  },
  'reloaded here': async ({ cell, page, there, shop }) => {
    if (cell.way === 'redirect') {
      await agree(there);
      await received(page, shop);
    } else await expect(there.getByRole('button', { name: 'Cancel' })).toBeVisible();
    const closes = cell.way === 'message' && there.waitForEvent('close');
    await reload(page);
    // The popup of a page that forgets it closes, unless it is cut off.
    if (closes) await closes;
    else if (cell.way !== 'redirect') await agree(there);
  },
};

/** What the popup shows afterwards. */
async function findInPopup({ cell, there }: Journey): Promise<void> {
  if (cell.outcome === 'closed') return;
  if (cell.way === 'none') await expect(there.getByText('We couldn’t return you to Test Shop')).toBeVisible();
  else if (cell.way === 'relay' && cell.outcome === 'reloaded here')
    await expect(there.getByText('no longer waiting for this. Close this window')).toBeVisible();
  else await untilClosed(there);
}

for (const cell of cellsOf(CHROMIUM_ROWS.filter(({ way }) => way !== 'fedcm'))) {
  test(cell.id, { annotation: { type: 'cell', description: cell.id } }, async ({
    browser,
    context,
    page,
    platform,
    site,
  }) => {
    test.info().annotations.push({ type: 'browser', description: browser.version() });
    const { policy, redirectUri, way, outcome, expected } = cell;
    const attributes = {
      ...(way === 'redirect' && { mode: 'redirect' }),
      ...(outcome === 'error' && { fields: 'shoe_size' }),
    };
    const shop = await openSecludedShop({ platform, site }, { policy, redirectUri, attributes });
    const events = await watchEvents(page);
    if (outcome === 'slow')
      await context.route('**/popup?*', async (route) => {
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        await route.continue();
      });
    await visit(page, shop, cell);
    const there = await begin(page, cell);
    const journey = { cell, context, shop, page, there };
    await EVENTS_ON_THE_WAY[outcome](journey);

    const heard = ['signup-start', ...(await expectEnd(page, shop, cell))];
    if (there !== page) await findInPopup(journey);
    if (way === 'redirect' && outcome === 'reloaded here') heard.push('signup-success');
    expect(await events()).toEqual(heard);

    // Another click succeeds, and a person who has answered the platform is not asked again.
    if (!['idle', 'opening'].includes(expected.state) || way === 'none') return;
    await expect(widgetOn(page).button).toBeEnabled();
    const again = await begin(page, cell);
    if (outcome !== 'reloaded here' || way === 'message') await agree(again);
    await received(page, shop);
    // An attempt whose window only looks closed ends when another one starts.
    const ended = expected.state === 'opening' ? ['signup-cancel'] : [];
    expect((await events()).slice(heard.length)).toEqual([...ended, 'signup-start', 'signup-success']);
  });
}

test('third-party cookies are blocked in all of these tests', async ({ page, site }) => {
  const other = await startVendorSite('localhost');
  try {
    other.serve('/frame', () => ({
      html: '<!doctype html><title>Frame</title>',
      headers: { 'set-cookie': 'third=party; SameSite=None; Secure; Path=/' },
    }));
    site.serve('/around', () => ({ html: `<!doctype html><title>Page</title><iframe src="${other.origin}/frame">` }));
    await page.goto(`${site.origin}/around`);
    expect(await page.context().cookies(other.origin)).toEqual([]);
    await page.goto(`${other.origin}/frame`);
    expect(await page.context().cookies(other.origin)).toHaveLength(1);
  } finally {
    await other.close();
  }
});

test('the page itself goes to the platform, comes back as it was, and takes the response only once', async ({
  page,
  platform,
  site,
}) => {
  const attributes = { mode: 'redirect' };
  const shop = await openSecludedShop({ platform, site }, { attributes, policy: 'unsafe-none' });
  const events = await watchEvents(page);
  // A route of a single-page application.
  const url = `${shop.url}#/basket`;
  await page.goto(url);
  await page.getByLabel('Note').fill('Ring twice');
  await widgetOn(page).button.click();
  await signIn(page, await somebodyWithAccount(platform));
  await shareButton(page).click();
  await received(page, shop);
  expect(page.url()).toBe(url);
  await expect(page.getByLabel('Note')).toHaveValue('Ring twice');
  await expect(page.getByLabel('Given name')).not.toHaveValue('');

  // The browser's back button leads to the platform, which has nothing left to ask. The response arrives again, and is ignored.
  await page.goBack();
  await page.waitForURL(url);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'idle');
  expect(await events()).toEqual(['signup-start', 'signup-success']);
});

test('a new person is reported as new by relay, even if the page at the redirect URI has an element', async ({
  context,
  page,
  platform,
  site,
}) => {
  const shop = await openSecludedShop({ platform, site }, { back: '<main>{tag}</main>' });
  const events = await watchEvents(page);
  await visit(page, shop);
  const popup = await openPopup(page);
  await popup.getByRole('button', { name: 'Is new, with nothing but an email address' }).click();
  await popup.getByLabel('First name').fill('Noa');
  await share(popup);
  expect(await received(page, shop)).toMatchObject({ name: 'Noa', is_new_user: true });
  expect(await events()).toEqual(['signup-start', 'signup-success']);
  expect(context.pages()).toEqual([page]);
});

test('a session that ends before the relay is an error, as is a code that cannot be redeemed', async ({
  context,
  page,
  platform,
  site,
}) => {
  const shop = await openSecludedShop({ platform, site });
  const events = await watchEvents(page);
  await visit(page, shop);
  const { element, status } = widgetOn(page);
  await context.route('**/authorize?*prompt=none*', async (route) => {
    await context.clearCookies();
    await route.continue();
  });
  await agree(await openPopup(page));
  await expect(element).toHaveAttribute('state', 'failed');
  expect(await events()).toEqual(['signup-start', 'signup-error platform_error']);
  await context.unrouteAll();

  await context.route('**/token', (route) => route.abort('internetdisconnected'));
  const popup = await openPopup(page);
  await agree(popup);
  await expect(status).toHaveText('That didn’t work. Please try again.');
  await untilClosed(popup);
  expect((await events()).slice(2)).toEqual(['signup-start', 'signup-error keys_unavailable']);
  await context.unrouteAll();

  await openPopup(page);
  await received(page, shop);
});

test('where windows are blocked, the page itself goes to the platform if it can come back, or says that it cannot', async ({
  playwright,
  platform,
  site,
}) => {
  // Playwright switches off the popup blocker and the back/forward cache, so both are switched on here.
  const browser = await playwright.chromium.launch({
    ...wholeBrowser,
    ignoreDefaultArgs: ['--disable-popup-blocking', '--disable-back-forward-cache'],
  });
  try {
    const page = await browser.newPage();
    const events = await watchEvents(page);
    // Browsers block this call because nobody clicked. It is made once, or the page would leave again when it comes back.
    await page.addInitScript(() => {
      if (!location.search.includes('uninvited') || sessionStorage['invited'] === location.href) return;
      sessionStorage['invited'] = location.href;
      addEventListener('load', async () => {
        await customElements.whenDefined('signup-with-platform');
        document.querySelector('signup-with-platform')?.signUp();
      });
    });
    const alone = await openSecludedShop({ platform, site }, { redirectUri: false, policy: 'unsafe-none' });
    await page.goto(`${alone.url}?uninvited`);
    await expect(widgetOn(page).status).toHaveText(
      'Your browser blocked the window. Allow pop-ups for this site, then press the button again.',
    );
    expect(await events()).toEqual(['signup-start', 'signup-error popup_blocked']);

    const shop = await openSecludedShop({ platform, site }, { policy: 'unsafe-none' });
    await page.goto(`${shop.url}?uninvited`);
    // Looking into the page would count as a gesture of the person, after which the browser blocks no window.
    await page.waitForURL((url) => url.origin === platform.url);
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    await page.goBack();
    // The page comes out of the back/forward cache as it was left, and says that this attempt is over.
    const { element } = widgetOn(page);
    await expect(element).toHaveAttribute('state', 'cancelled');
    await page.goForward();
    await agree(page);
    // The late answer leads back, and is not taken. Another press asks nothing.
    await expect(page).toHaveURL(`${shop.url}?uninvited`);
    await expect(element).toHaveAttribute('state', 'idle');
    await openPopup(page);
    await received(page, shop);
    expect((await events()).slice(2)).toEqual(['signup-start', 'signup-cancel', 'signup-start', 'signup-success']);
  } finally {
    await browser.close();
  }
});

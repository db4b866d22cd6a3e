import type { BrowserContext, Page } from '@playwright/test';
import { type Cell, CHROMIUM_ROWS, cellsOf, type Outcome } from './support/delivery-matrix.ts';
import { openPopup, received, watchEvents, widgetOn } from './support/people.ts';
import { openSecludedShop, type SecludedShop } from './support/secluded-shop.ts';
import { expect, test } from './support/test.ts';

/** In milliseconds: short, so that a page which waits for nothing is soon told apart from one that does not. */
const TIMINGS = { pollMs: 50, closedGraceMs: 100, unreachableGraceMs: 500, timeoutMs: 60_000 };
/** Longer than a popup that never spoke is waited for. */
const SLOW_MS = 900;

/** What the person reads where the element ends, and the event that the page is given, once. */
const ENDS: Readonly<Record<string, { status: string | RegExp; event?: string }>> = {
  idle: { status: '' },
  opening: { status: 'Finish in the window that just opened.' },
  completed: { status: /^Done\./, event: 'signup-success' },
  cancelled: { status: 'Cancelled. Nothing was shared.', event: 'signup-cancel' },
  platform_error: { status: 'That did not work. Please try again.', event: 'signup-error platform_error' },
  popup_unreachable: {
    status: 'The window could not reach this page. Try again, or carry on without it.',
    event: 'signup-error popup_unreachable',
  },
};

interface Journey {
  readonly cell: Cell;
  readonly context: BrowserContext;
  readonly shop: SecludedShop;
  /** The shop's. */
  readonly page: Page;
  /** Where the platform's pages are: the popup, or the same window. */
  readonly there: Page;
}

async function visit(page: Page, shop: SecludedShop): Promise<void> {
  await page.goto(shop.url);
  await hurry(page);
}

async function hurry(page: Page): Promise<void> {
  await widgetOn(page).element.evaluate(async (widget, timings) => {
    await customElements.whenDefined('signup-with-platform');
    (widget as HTMLElementTagNameMap['signup-with-platform']).timings = timings;
  }, TIMINGS);
}

/** Presses the button. @returns the window where the platform's pages are */
async function begin(page: Page, { way }: Pick<Cell, 'way'>): Promise<Page> {
  if (way !== 'redirect') return openPopup(page);
  await widgetOn(page).button.click();
  return page;
}

/** One click of a test person who has agreed before: the platform has nothing more to ask. */
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
    // What cannot be brought to the front can be begun again.
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
    await page.reload();
    await hurry(page);
    if (cell.way !== 'redirect') await agree(there);
  },
};

/** What the person finds in the popup afterwards. */
async function findInPopup({ cell, there }: Journey): Promise<void> {
  if (cell.outcome === 'closed') return;
  if (cell.way === 'none') await expect(there.getByText('We could not return you to Test Shop')).toBeVisible();
  else if (cell.way === 'relay' && cell.outcome === 'reloaded here')
    await expect(there.getByText('no longer waiting for this. Close this window')).toBeVisible();
  else await expect.poll(() => there.isClosed()).toBe(true);
}

for (const cell of cellsOf(CHROMIUM_ROWS)) {
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
    await visit(page, shop);
    const there = await begin(page, cell);
    const journey = { cell, context, shop, page, there };
    await EVENTS_ON_THE_WAY[outcome](journey);

    const { element, button } = widgetOn(page);
    const status = element.locator('[part=status]');
    await expect(element).toHaveAttribute('state', expected.state);
    const end = ENDS[expected.code ?? expected.state];
    await expect(status).toHaveText(end?.status ?? '');
    if (there !== page) await findInPopup(journey);
    if (expected.state === 'completed') await received(page, shop);
    const heard = ['signup-start', ...(end?.event ? [end.event] : [])];
    if (way === 'redirect' && outcome === 'reloaded here') heard.push('signup-success');
    expect(await events()).toEqual(heard);

    // Whatever was lost is had by another click; and who has answered the platform is not asked again.
    if (!['idle', 'opening'].includes(expected.state) || way === 'none') return;
    await expect(button).toBeEnabled();
    const again = await begin(page, cell);
    if (outcome !== 'reloaded here') await agree(again);
    await received(page, shop);
    expect((await events()).slice(heard.length)).toEqual(['signup-start', 'signup-success']);
  });
}

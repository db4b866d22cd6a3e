import type { Page } from '@playwright/test';
import type { Cell } from './delivery-matrix.ts';
import { received, widgetOn } from './people.ts';
import type { SecludedShop } from './secluded-shop.ts';
import { expect } from './test.ts';

/** In milliseconds. Short, so that a test soon sees whether a page waits in vain. */
const TIMINGS = { pollMs: 50, closedGraceMs: 100, unreachableGraceMs: 500, timeoutMs: 60_000 };
/** Longer than the grace period for a popup that never spoke. */
export const SLOW_MS = 900;

/** What the person reads in each final state, and the event that the page gets once. */
const ENDS: Readonly<Record<string, { status: string | RegExp; event?: string }>> = {
  idle: { status: '' },
  opening: { status: /^(Finish in the window that just opened\.|One moment…)$/ },
  completed: { status: /^Done\./, event: 'signup-success' },
  cancelled: { status: 'Cancelled. Nothing was shared.', event: 'signup-cancel' },
  platform_error: { status: 'That didn’t work. Please try again.', event: 'signup-error platform_error' },
  popup_unreachable: {
    status: 'The window couldn’t reach this page. Try again, or carry on without it.',
    event: 'signup-error popup_unreachable',
  },
};

/** Opens the shop's page. One that is reloaded on the way does not give up before, however busy the machine is. */
export async function visit(page: Page, shop: SecludedShop, { outcome }: Partial<Cell> = {}): Promise<void> {
  await page.goto(shop.url);
  await hurry(page, outcome === 'reloaded here' ? { ...TIMINGS, unreachableGraceMs: TIMINGS.timeoutMs } : TIMINGS);
}

export async function reload(page: Page): Promise<void> {
  await page.reload();
  await hurry(page, TIMINGS);
}

async function hurry(page: Page, shortened: typeof TIMINGS): Promise<void> {
  await widgetOn(page).element.evaluate(async (widget, timings) => {
    await customElements.whenDefined('signup-with-platform');
    (widget as HTMLElementTagNameMap['signup-with-platform']).timings = timings;
  }, shortened);
}

/** Expects the final state of the matrix. @returns the event of that state, if there is one */
export async function expectEnd(page: Page, shop: SecludedShop, { expected }: Cell): Promise<string[]> {
  const { status, event } = ENDS[expected.code ?? expected.state] ?? { status: '' };
  const { element } = widgetOn(page);
  await expect(element).toHaveAttribute('state', expected.state);
  await expect(element.locator('[part=status]')).toHaveText(status);
  if (expected.state === 'completed') await received(page, shop);
  return event ? [event] : [];
}

import type { Page } from '@playwright/test';

/** Long, because a busy machine may stand still for seconds: only a client that does not work takes so long. */
export const STEP_TIMEOUT_MS = 60_000;

/** Reads whom an element of the page shows, as JSON. */
export function shownIn(selector: string): (page: Page) => Promise<Record<string, unknown>> {
  return async (page) => {
    const shown = page.locator(selector).filter({ hasText: '"email"' });
    await shown.waitFor({ timeout: STEP_TIMEOUT_MS });
    return JSON.parse(await shown.innerText()) as Record<string, unknown>;
  };
}

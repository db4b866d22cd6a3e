import type { Page } from '@playwright/test';
import { openPopup, shareButton, untilClosed } from '../support/people.ts';

/** Signs the test person up who has everything, and waits until the page has the answer. */
export async function signUpJane(page: Page): Promise<void> {
  const popup = await openPopup(page);
  await popup.getByRole('button', { name: /Jane Doe/ }).click();
  await shareButton(popup).click();
  await untilClosed(popup);
}

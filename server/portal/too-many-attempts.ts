import { retryAfter } from '../http/retry-after.ts';
import { alertBox, tooManyAttempts } from '../pages/forms.ts';
import type { PortalCall } from './route.ts';

/** Tells how long to wait: the browser by a header, the person by what is returned for the page. Its status is 429. */
export function tellToWait({ reply, language }: PortalCall, retryAfterMs: number): unknown {
  retryAfter(reply, retryAfterMs);
  return alertBox(tooManyAttempts(Math.ceil(retryAfterMs / 60_000), language));
}

/** The same when the server has too much to do. Its status is 503. */
export function tellBusy({ reply, language }: Pick<PortalCall, 'reply' | 'language'>, retryAfterMs: number): unknown {
  retryAfter(reply, retryAfterMs);
  return alertBox(language.t('shared.common.busy'));
}

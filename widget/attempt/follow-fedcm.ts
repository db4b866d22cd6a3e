import type { RESPONSE_MESSAGE } from '@signup-with-platform/protocol';
import { askByFedcm, mayOpenWindow } from './fedcm.ts';
import type { followPopup } from './follow-popup.ts';
import type { RunningAttempt } from './running-attempt.ts';

export { prefersFedcm, prepareFedcm } from './fedcm.ts';

/** Not imported, because a module that two chunks share becomes a third chunk. */
const RESPONSE: typeof RESPONSE_MESSAGE = 'signup-with-platform:response';
/** Somebody may sign in or up in a window of the browser's own, which says nothing to this page. The platform keeps no attempt for longer. */
const TIMEOUT_MS = 3_600_000;
const FAILED_TOO_LATE =
  'The browser’s own dialog failed too late to open a window in the same click. The next one opens it.';

/**
 * Follows an attempt in the browser's own dialog. Whichever way it ends, the element is left with something that works: an answer, the
 * popup, or a button that opens the popup.
 *
 * @param byPopup follows the attempt in the popup
 */
export async function followFedcm(running: RunningAttempt, byPopup: typeof followPopup): Promise<void> {
  const { attempt, host, send } = running;
  const { id, platform, abort } = attempt;
  running.loadAnswer();
  // The browser's dialog is no window of ours to bring to the front, so another press gives it up and opens the popup.
  send({ type: 'leaving', attempt: id });
  const timeout = setTimeout(() => send({ type: 'timeout', attempt: id }), host.timings.timeoutMs ?? TIMEOUT_MS);
  abort.signal.addEventListener('abort', () => clearTimeout(timeout));
  const outcome = await askByFedcm(attempt, host.element);
  clearTimeout(timeout);
  if (abort.signal.aborted) return;

  if (typeof outcome === 'object')
    send({ type: 'response', attempt: id, response: { type: RESPONSE, state: id, iss: platform, ...outcome } });
  else if (outcome === 'dismissed') running.cancel();
  else openPopupInstead(running, byPopup);
}

function openPopupInstead(running: RunningAttempt, byPopup: typeof followPopup): void {
  const { attempt, send } = running;
  if (!mayOpenWindow()) {
    running.fail({ code: 'fedcm_failed', message: FAILED_TOO_LATE });
    return;
  }
  const popup = attempt.open?.();
  if (!popup) {
    send({ type: 'blocked', attempt: attempt.id, trouble: attempt.trouble });
    return;
  }
  running.showAgain();
  byPopup(running, popup);
}

import { readAnswer } from './read-message.ts';
import type { RunningAttempt } from './running-attempt.ts';
import { watchPopup } from './watch-popup.ts';

/**
 * Follows an attempt in a popup. A window that is closed at once was not blocked but cut off, because that is what a
 * Cross-Origin-Opener-Policy makes it look like.
 */
export function followPopup(running: RunningAttempt, popup: Window): void {
  const { attempt, host, send } = running;
  running.loadAnswer();
  // Whoever is at the popup would come back to a page that knows nothing of them.
  addEventListener('pagehide', () => running.cancel(), attempt.abort);
  if (attempt.redirectUri) host.way?.listenForRelay(attempt, readAnswer, send);
  watchPopup(attempt, popup, host.timings, send);
}

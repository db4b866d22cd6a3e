import type { OpenAttempt, PopupTimings } from '../open-attempt.ts';
import { readMessage } from './read-message.ts';
import type { SignupFlowEvent } from './signup-flow.ts';

const TIMINGS: Readonly<PopupTimings> = {
  pollMs: 300,
  closedGraceMs: 300,
  unreachableGraceMs: 4000,
  timeoutMs: 600_000,
};

/** Reports what happens to an open popup, until the attempt is aborted. */
export function watchPopup(
  attempt: OpenAttempt,
  popup: Window,
  changed: Readonly<Partial<PopupTimings>>,
  onEvent: (event: SignupFlowEvent) => void,
): void {
  const { id, abort, early } = attempt;
  const timings = { ...TIMINGS, ...changed };
  const relayed = attempt.redirectUri !== undefined;
  let heard = false;
  let grace: ReturnType<typeof setTimeout>;
  const poll = setInterval(() => {
    if (!popup.closed) return;
    clearInterval(poll);
    grace = setTimeout(
      () => onEvent({ type: 'closed', attempt: id, relayed }),
      // With a redirect URI nothing has failed yet, so the button may offer early to start again.
      heard || relayed ? timings.closedGraceMs : timings.unreachableGraceMs,
    );
  }, timings.pollMs);
  const timeout = setTimeout(() => onEvent({ type: 'timeout', attempt: id }), timings.timeoutMs);
  abort.signal.addEventListener('abort', () => {
    clearTimeout(timeout);
    clearInterval(poll);
    clearTimeout(grace);
    popup.close();
  });

  attempt.onMessage = (message) => {
    const event = readMessage(message, { platform: attempt.platform, popup, state: id });
    if (!event) return;
    heard = true;
    onEvent(event);
  };
  for (const message of early.splice(0)) attempt.onMessage(message);
}

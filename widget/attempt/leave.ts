import type { RedirectWay } from './attempt-host.ts';
import { depart, takeDeparture } from './redirect.ts';

/** A page that leaves is gone much sooner. */
const TIMEOUT_MS = 600_000;

/** Takes the page itself to the platform. How the attempt ended, the page says that is come back to. @returns false when that is not possible */
export const leave: RedirectWay['leave'] = (attempt, host, send) => {
  if (!depart(attempt, host.element)) return false;
  send({ type: 'leaving', attempt: attempt.id });
  // The browser's back button shows the page as it was left. What the platform answers after that leads back here, and is not taken.
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    takeDeparture(attempt.id);
    send({ type: 'cancelled', attempt: attempt.id });
  };
  addEventListener('pageshow', onPageShow, attempt.abort);
  // Another script of the page may have kept the person here.
  const timeout = setTimeout(
    () => send({ type: 'timeout', attempt: attempt.id }),
    host.timings.timeoutMs ?? TIMEOUT_MS,
  );
  attempt.abort.signal.addEventListener('abort', () => clearTimeout(timeout));
  return true;
};

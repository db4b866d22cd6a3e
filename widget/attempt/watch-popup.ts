import type { OpenAttempt, PopupTimings } from '../open-attempt.ts';
import { readMessage } from './read-message.ts';
import { ask } from './request.ts';
import type { SignupFlowEvent } from './signup-flow.ts';

const TIMINGS: Readonly<PopupTimings> = {
  pollMs: 300,
  closedGraceMs: 300,
  unreachableGraceMs: 4000,
  silenceMs: 5000,
  timeoutMs: 600_000,
};

/** In these parts of the timeout, silence is counted: a page that was asleep has not waited. */
const TICKS = 30;
const VIOLATION_REPORT_MS = 100;

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
  let grace: ReturnType<typeof setTimeout> | undefined;
  const poll = setInterval(() => {
    if (!popup.closed || grace !== undefined) return;
    // The person may have closed the error page of a proxy.
    if (!heard) askPlatform();
    grace = setTimeout(
      () => onEvent({ type: 'closed', attempt: id, relayed }),
      // With a redirect URI nothing has failed yet, so the button may offer early to start again.
      heard || relayed ? timings.closedGraceMs : timings.unreachableGraceMs,
    );
  }, timings.pollMs);
  const askPlatform = async () => {
    if (!(await answers(attempt))) onEvent({ type: 'unreachable', attempt: id });
  };
  const silence = setInterval(() => {
    if (heard) {
      clearInterval(silence);
      return;
    }
    onEvent({ type: 'silent', attempt: id });
    askPlatform();
  }, timings.silenceMs);
  let silentTicks = 0;
  const timeout = setInterval(() => {
    silentTicks += 1;
    if (silentTicks >= TICKS) onEvent({ type: 'timeout', attempt: id });
  }, timings.timeoutMs / TICKS);
  abort.signal.addEventListener('abort', () => {
    clearInterval(timeout);
    clearInterval(poll);
    clearInterval(silence);
    clearTimeout(grace);
  });

  attempt.onMessage = (message) => {
    const event = readMessage(message, { platform: attempt.platform, popup, state: id });
    if (!event) return;
    heard = true;
    silentTicks = 0;
    // A popup that is back from another login only looked closed.
    clearTimeout(grace);
    grace = undefined;
    onEvent(event);
  };
  for (const message of early.splice(0)) attempt.onMessage(message);
}

/**
 * Whether the platform answers. A page of another origin cannot see whether a window shows the error page of a proxy, but it can ask for
 * something that every origin may read: a proxy's own answer is not 200, and allows no origin. True as well where the page's own
 * Content-Security-Policy forbids to ask, and while the device is offline, which says nothing of the platform.
 */
async function answers({ platform, abort: { signal } }: OpenAttempt): Promise<boolean> {
  let offline = !navigator.onLine;
  const onOffline = () => {
    offline = true;
  };
  addEventListener('offline', onOffline, { signal });
  let forbidden = false;
  const onViolation = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    forbidden ||= blockedURI.startsWith(platform);
  };
  document.addEventListener('securitypolicyviolation', onViolation, { signal });
  const ok = await ask(`${platform}/jwks`, { cache: 'no-store', signal }).then(
    (response) => response.ok,
    () => false,
  );
  // The violation is reported in a task of its own.
  if (!ok) await new Promise((resolve) => setTimeout(resolve, VIOLATION_REPORT_MS));
  document.removeEventListener('securitypolicyviolation', onViolation);
  removeEventListener('offline', onOffline);
  return ok || forbidden || offline || !navigator.onLine;
}

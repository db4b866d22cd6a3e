import type { OpenAttempt } from '../open-attempt.ts';
import { adoptStyles } from './adopt-styles.ts';
import type { AttemptHost } from './attempt-host.ts';
import { followFedcm } from './follow-fedcm.ts';
import { followPopup } from './follow-popup.ts';
import { styles } from './later.styles.ts';
import { isFramed, mistakeOf, whyNotLeaving } from './mistakes.ts';
import { loginTargetOf } from './post-to-login-uri.ts';
import { readResponse } from './read-message.ts';
import { type Arrival, depart, takeDeparture } from './redirect.ts';
import { refuse } from './refuse.ts';
import { RunningAttempt } from './running-attempt.ts';

/** A page that leaves is gone much sooner. */
const TIMEOUT_MS = 600_000;

export { prefersFedcm, prepareFedcm } from './fedcm.ts';
export { formValue } from './form-value.ts';
export { keepFocus } from './keep-focus.ts';
export { attemptOf } from './redirect.ts';
export { attemptOfCredential } from './restore-credential.ts';
export { takeReturned } from './returned.ts';
export { viewOf } from './view.ts';

/** Gives the element the styles that it does not need before. */
export const dress = (root: ShadowRoot): void => adoptStyles(root, styles);

/**
 * Follows an attempt from the click to its end, by the way that is open to it: the response that is there already, the popup, the
 * browser's own dialog, or the page itself. Loaded when somebody is about to click, so that the page need not wait for it.
 *
 * @param arrival the response, when the page itself had gone to the platform and is back
 */
export function followAttempt(attempt: OpenAttempt, host: AttemptHost, arrival?: Arrival): void {
  const { element } = host;
  const { signal } = attempt.abort;
  // Somebody ended it while this was loading.
  if (signal.aborted) {
    refuse(attempt);
    return;
  }
  signal.addEventListener('abort', () => refuse(attempt));
  // The platform bound a code that was posted to the page's origin, and one that came by redirect to the redirect URI.
  const running = new RunningAttempt(attempt, host, arrival ? attempt.redirectUri : origin);
  try {
    dress(host.root);
    const login = element.loginUri ? loginTargetOf(element.loginUri) : undefined;
    running.loginHref = login && 'href' in login ? login.href : undefined;
    const mistake = login && 'mistake' in login ? login.mistake : mistakeOf(attempt);
    if (arrival) followArrival(running, arrival);
    // The popup closes before anybody has agreed to anything.
    else if (mistake) running.fail({ code: 'misconfigured', message: mistake }, isFramed() && origin === 'null');
    else followWay(running);
  } catch (error) {
    running.fail({ code: 'page_broken', message: `Something of the browser does not work in this page: ${error}` });
  }
}

function followWay(running: RunningAttempt): void {
  const { attempt, host } = running;
  const { element } = host;
  if (attempt.popup) followPopup(running, attempt.popup);
  else if (attempt.byFedcm) void followFedcm(running);
  else if (host.mayRedirect && !isFramed() && depart(attempt, element)) awaitReturn(running);
  else if (element.mode === 'redirect') running.fail({ code: 'misconfigured', message: whyNotLeaving(attempt) });
  else {
    const { id, trouble } = attempt;
    // Browsers let a click open a window, so it is the frame that does not.
    running.send({ type: 'blocked', attempt: id, trouble, framed: isFramed() && isInClick() });
  }
}

function isInClick(): boolean {
  return Boolean(navigator.userActivation?.isActive);
}

function followArrival(running: RunningAttempt, arrival: Arrival): void {
  const { id, platform, wantsCode } = running.attempt;
  running.loadAnswer();
  const event = readResponse(arrival, { platform, state: id });
  if (event) running.send(event.type === 'response' ? { ...event, redeem: !wantsCode } : event);
  else if (running.attempt.silent) running.host.show({ name: 'idle' }, undefined);
  else running.fail({ code: 'invalid_credential', message: 'What came back is no answer to the request.' });
}

/** The page is on its way to the platform. How it ended, the page says that is come back to. */
function awaitReturn(running: RunningAttempt): void {
  const { attempt, host, send } = running;
  send({ type: 'leaving', attempt: attempt.id });
  // The browser's back button shows the page as it was left. What the platform answers after that leads back here, and is not taken.
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    takeDeparture(attempt.id);
    running.cancel();
  };
  addEventListener('pageshow', onPageShow, attempt.abort);
  // Another script of the page may have kept the person here.
  const timeout = setTimeout(
    () => send({ type: 'timeout', attempt: attempt.id }),
    host.timings.timeoutMs ?? TIMEOUT_MS,
  );
  attempt.abort.signal.addEventListener('abort', () => clearTimeout(timeout));
}

import type { OpenAttempt } from '../open-attempt.ts';
import { addressOf } from './address.ts';
import { adoptStyles } from './adopt-styles.ts';
import type { AttemptHost } from './attempt-host.ts';
import { followPopup } from './follow-popup.ts';
import { styles } from './later.styles.ts';
import { followByFedcm } from './load-fedcm.ts';
import type * as mistakes from './mistakes.ts';
import type { LoginTarget } from './post-to-login-uri.ts';
import { readAnswer } from './read-message.ts';
import type { Arrival } from './redirect.ts';
import { refuse } from './refuse.ts';
import { RunningAttempt } from './running-attempt.ts';

/** How long a part of this script may take to load that few pages need. The popup that waits for it is open. */
const LOADING_MS = 30_000;

export { formValue } from './form-value.ts';
export { keepFocus } from './keep-focus.ts';
export { prefersFedcm, prepareFedcm } from './load-fedcm.ts';
export { viewOf } from './view.ts';

/** Gives the element the styles that it does not need before. */
export const dress = (root: ShadowRoot): void => adoptStyles(root, styles);

/**
 * Follows an attempt from the click to its end, by the way that is open to it: the response that is there already, the popup, the
 * browser's own dialog, or the page itself. Loaded when somebody is about to click, so that the page need not wait for it.
 *
 * @param arrival the response, when the page itself had gone to the platform and is back
 */
export async function followAttempt(attempt: OpenAttempt, host: AttemptHost, arrival?: Arrival): Promise<void> {
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
    // Every object would be taken for a promise, and none of the browser's answers would arrive.
    const { then }: { then?: unknown } = {};
    if (typeof then === 'function') throw new TypeError('Object.prototype.then is a function.');
    dress(host.root);
    const login = element.loginUri ? await loadLogin(running, element.loginUri) : undefined;
    // Somebody ended it meanwhile, or the attempt has failed.
    if (signal.aborted) return;
    running.post = login && 'post' in login ? login.post : undefined;
    if (arrival) followArrival(running, arrival);
    // The popup closes before anybody has agreed to anything.
    else if (login && 'mistake' in login) running.fail({ code: 'misconfigured', message: login.mistake });
    else if (isMistaken(attempt)) void explain(running, 'mistakeOf');
    else followWay(running);
  } catch (error) {
    running.blame({ code: 'page_broken', message: `Something of the browser does not work in this page: ${error}` });
  }
}

function inTime<Part>(loading: Promise<Part>): Promise<Part> {
  return Promise.race([loading, new Promise<never>((_resolve, reject) => setTimeout(reject, LOADING_MS))]);
}

/** Only pages with the attribute load what posts the answer. */
async function loadLogin(running: RunningAttempt, loginUri: string): Promise<LoginTarget | undefined> {
  const loaded = await inTime(import('./post-to-login-uri.ts')).catch(() => undefined);
  if (!loaded)
    running.fail({ code: 'script_unavailable', message: 'A part of this script, for login-uri, did not load.' });
  return loaded?.loginTargetOf(loginUri, addressOf(loginUri, document.baseURI));
}

function followWay(running: RunningAttempt): void {
  const { attempt, host } = running;
  const { element } = host;
  if (attempt.popup) followPopup(running, attempt.popup);
  else if (attempt.byFedcm) followByFedcm(running, followPopup);
  else if (host.mayRedirect && !isFramed() && host.way?.leave(attempt, host, running.send)) return;
  else if (element.mode === 'redirect') void explain(running, 'whyNotLeaving');
  else {
    const { id, trouble } = attempt;
    // Browsers let a click open a window, so it is the frame that does not.
    running.send({ type: 'blocked', attempt: id, trouble, framed: isFramed() && isInClick() });
  }
}

function isFramed(): boolean {
  return top !== window;
}

function isInClick(): boolean {
  return Boolean(navigator.userActivation?.isActive);
}

/** Whether the vendor's developer has to correct something before any person is asked. A mistake that mistakes.ts does not know opens no popup. */
function isMistaken({ popup, redirectUri, verifier, wantsCode }: OpenAttempt): boolean {
  const isElsewhere = redirectUri && addressOf(redirectUri)?.origin !== origin;
  return popup === undefined || (verifier === '' && !wantsCode) || Boolean(isElsewhere);
}

/** Only a page under construction needs these texts. */
async function explain(running: RunningAttempt, why: keyof typeof mistakes): Promise<void> {
  const message = await inTime(import('./mistakes.ts')).then(
    (texts) => texts[why](running.attempt),
    () => 'An attribute is wrong. The part of this script that says which did not load.',
  );
  running.blame({ code: 'misconfigured', message }, isFramed() && origin === 'null');
}

function followArrival(running: RunningAttempt, arrival: Arrival): void {
  running.loadAnswer();
  const event = readAnswer(arrival, running.attempt);
  if (event) running.send(event);
  else if (running.attempt.silent) running.host.show({ name: 'idle' }, undefined);
  else running.fail({ code: 'invalid_credential', message: 'What came back is no answer to the request.' });
}

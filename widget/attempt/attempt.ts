import {
  RESPONSE_ERRORS,
  RESPONSE_MESSAGE,
  type ResponseMessage,
  type WidgetErrorCode,
} from '@signup-with-platform/protocol';
import type { html as Html } from 'lit';
import type { Answer } from '../answer/answer.ts';
import type { OpenAttempt, PopupTimings } from '../open-attempt.ts';
import { en } from '../strings/en.ts';
import type { Labels } from '../strings/strings.ts';
import { adoptStyles } from './adopt-styles.ts';
import { announce, type Emit } from './announce.ts';
import { askByFedcm, type FedcmHost, mayOpenWindow } from './fedcm.ts';
import { formValue } from './form-value.ts';
import { styles } from './later.styles.ts';
import { isFramed, mistakeOf, whyNotLeaving } from './mistakes.ts';
import { loginTargetOf, postToLoginUri } from './post-to-login-uri.ts';
import { readResponse } from './read-message.ts';
import { redeemCode } from './redeem-code.ts';
import { type Arrival, depart } from './redirect.ts';
import { listenForRelay } from './relay.ts';
import { rememberName } from './remember.ts';
import { isUnderWay, type SignupFailure, type SignupFlow, type SignupFlowEvent, transition } from './signup-flow.ts';
import { watchPopup } from './watch-popup.ts';

export { prefersFedcm, prepareFedcm } from './fedcm.ts';
export { formValue } from './form-value.ts';
export { attemptOf } from './redirect.ts';
export { attemptOfCredential } from './restore-credential.ts';
export { takeReturned } from './returned.ts';
export { viewOf } from './view.ts';

/** Gives the element the styles that it has no need of before. */
export const dress = (root: ShadowRoot): void => adoptStyles(root, styles);

/** The element, as far as an attempt needs it. */
export interface AttemptHost {
  readonly element: HTMLElement &
    FedcmHost & {
      readonly form: HTMLFormElement | null;
      readonly name: string | undefined;
      readonly loginUri: string | undefined;
      readonly remember: boolean;
    };
  readonly timings: Readonly<Partial<PopupTimings>>;
  /** Whether the page itself may go to the platform when there can be no popup. */
  readonly mayRedirect: boolean;
  /** Handed over, so that no chunk need import the entry back: under another address, that would run it twice. */
  readonly html: typeof Html;
  readonly root: ShadowRoot;
  readonly labels: Labels;
  /** Shows where the attempt stands; once it is settled, the element is free for another. */
  show(flow: SignupFlow, answer: Answer | undefined): void;
  /** Tells the page. */
  readonly emit: Emit;
  /** What was there before comes back: nobody is told, and nothing is filled in. */
  readonly silent?: boolean;
}

/**
 * Follows an attempt from the click to its end. Loaded when somebody is about to click, so that the page need not wait for it.
 *
 * @param arrival the response, when the page itself had gone to the platform and is back
 */
export function followAttempt(attempt: OpenAttempt, host: AttemptHost, arrival?: Arrival): void {
  const { id, clientId, nonce, platform, popup, abort } = attempt;
  const { element } = host;
  dress(host.root);
  // A code that was posted had the page's origin for an address.
  const redemption = { codeVerifier: attempt.verifier, redirectUri: arrival ? attempt.redirectUri : location.origin };
  let flow: SignupFlow = { name: 'opening', attempt: id };
  let loading: Promise<Answer> | undefined;
  let answer: Answer | undefined;
  const login = element.loginUri ? loginTargetOf(element.loginUri) : undefined;

  const send = (event: SignupFlowEvent): void => {
    if (abort.signal.aborted) return;
    const next = transition(flow, event);
    if (next === flow) return;
    flow = next.name === 'completed' && next.code ? { ...next, ...redemption } : next;
    if (isUnderWay(flow)) {
      host.show(flow, answer);
      if (flow.name === 'waiting' && flow.response) void verify(flow.response);
    } else {
      abort.abort();
      host.show(host.silent && 'failure' in flow ? { name: 'idle' } : flow, answer);
      if (host.silent) return;
      if (flow.name === 'completed' && flow.user && element.remember) rememberName(flow.user.given_name);
      if (flow.name === 'completed' && flow.user && element.form) answer?.fillForm(element.form, flow.user);
      announce(flow, host.emit);
      const value = formValue(flow, element.name);
      if (value && login && 'href' in login) postToLoginUri(login.href, value);
    }
  };
  const fail = (failure: SignupFailure) => send({ type: 'failed', attempt: id, failure });

  const verify = async (response: ResponseMessage): Promise<void> => {
    try {
      const { iss, code = '' } = response;
      const { verifier = '', redirectUri = '' } = attempt;
      const credential = response.credential ?? (await redeemCode(iss, { clientId, code, verifier, redirectUri }));
      answer = await loading;
      const user = await answer?.verify(credential, { issuer: iss, clientId, nonce });
      if (user) send({ type: 'verified', attempt: id, user, credential });
    } catch (error) {
      // A script that did not load has no code of its own, and leaves the credential unchecked as well.
      const { code = 'keys_unavailable' satisfies WidgetErrorCode, message } = error as SignupFailure;
      fail({ code, message });
    }
  };

  // Not before the popup is open, and never where nobody clicks. A failure shows when the answer needs it.
  const loadAnswer = () => {
    const { html, root, labels } = host;
    loading = import('../answer/answer.ts').then((module) =>
      module.prepareAnswer({
        html,
        adoptStyles: (styles) => adoptStyles(root, styles),
        platform,
        strings: { ...en, ...labels },
      }),
    );
    loading.catch(() => {});
  };

  const followPopup = (window: Window) => {
    // A window that is closed at once was not blocked, but cut off: that is what a Cross-Origin-Opener-Policy makes it look like.
    watchPopup(attempt, window, host.timings, send);
    if (attempt.redirectUri) listenForRelay(attempt, send);
    loading ?? loadAnswer();
  };

  /** Whichever way it ends, the element is left with something that works: an answer, the popup, or a button that opens it. */
  const followFedcm = async () => {
    loadAnswer();
    // The browser's dialog is no window of ours to bring to the front: another press gives it up, and opens the popup.
    send({ type: 'leaving', attempt: id });
    const timeout = setTimeout(
      () => send({ type: 'timeout', attempt: id }),
      host.timings.timeoutMs ?? FEDCM_TIMEOUT_MS,
    );
    abort.signal.addEventListener('abort', () => clearTimeout(timeout));
    const outcome = await askByFedcm(attempt, element);
    clearTimeout(timeout);
    if (abort.signal.aborted) return;
    const response = { type: RESPONSE_MESSAGE, state: id, iss: platform } as const;
    if (typeof outcome === 'object') send({ type: 'response', attempt: id, response: { ...response, ...outcome } });
    else if (outcome === 'dismissed')
      send({ type: 'response', attempt: id, response: { ...response, error: RESPONSE_ERRORS.ACCESS_DENIED } });
    else {
      if (!mayOpenWindow()) {
        fail({ code: 'fedcm_failed', message: FEDCM_FAILED });
        return;
      }
      const window = attempt.open?.();
      if (!window) send({ type: 'blocked', attempt: id });
      else {
        host.show(flow, answer);
        followPopup(window);
      }
    }
  };

  if (arrival) {
    loadAnswer();
    const event = readResponse(arrival, { platform, state: id });
    if (event) send(event.type === 'response' ? { ...event, redeem: !attempt.wantsCode } : event);
    else host.show({ name: 'idle' }, undefined);
    return;
  }
  const mistake = login && 'mistake' in login ? login.mistake : mistakeOf(attempt);
  if (mistake) {
    // Before anybody has agreed to anything.
    popup?.close();
    fail({ code: 'misconfigured', message: mistake });
  } else if (popup) {
    followPopup(popup);
  } else if (attempt.byFedcm) {
    void followFedcm();
  } else if (host.mayRedirect && !isFramed() && depart(attempt, element)) {
    send({ type: 'leaving', attempt: id });
    // Back by the browser's button, on the page as it was left: the button works again.
    const onPageShow = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      abort.abort();
      host.show({ name: 'idle' }, undefined);
    };
    addEventListener('pageshow', onPageShow, abort);
  } else if (element.mode === 'redirect') {
    fail({ code: 'misconfigured', message: whyNotLeaving(attempt) });
  } else {
    send({ type: 'blocked', attempt: id });
  }
}

/** As long as a popup may take. */
const FEDCM_TIMEOUT_MS = 600_000;
const FEDCM_FAILED =
  'The browser’s own dialog failed too late to open a window in the same click. The next one opens it.';

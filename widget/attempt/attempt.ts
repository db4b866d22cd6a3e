import type { ResponseMessage, WidgetErrorCode } from '@signup-with-platform/protocol';
import type { html as Html } from 'lit';
import type { Answer } from '../answer/answer.ts';
import type { OpenAttempt, PopupTimings } from '../open-attempt.ts';
import { isUnderWay, type SignupFailure, type SignupFlow, type SignupFlowEvent, transition } from './signup-flow.ts';
import { watchPopup } from './watch-popup.ts';

export { formValue } from './form-value.ts';
export { viewOf } from './view.ts';

/** The element, as far as an attempt needs it. */
export interface AttemptHost {
  readonly element: HTMLElement & { readonly form: HTMLFormElement | null };
  readonly timings: Readonly<PopupTimings>;
  /** Handed over, so that no chunk need import the entry back: under another address, that would run it twice. */
  readonly html: typeof Html;
  readonly root: ShadowRoot;
  /** Of the strings: BCP 47. */
  readonly language: string;
  /** Shows where the attempt stands; once it is settled, the element is free for another. */
  show(flow: SignupFlow, answer: Answer | undefined): void;
  /** Tells the page how it ended. */
  announce(flow: SignupFlow): void;
}

/** Follows an attempt from the click to its end. Loaded when somebody is about to click, so that the page need not wait for it. */
export function followAttempt(attempt: OpenAttempt, host: AttemptHost): void {
  const { id, clientId, nonce, platform, popup, abort } = attempt;
  const { element } = host;
  let flow: SignupFlow = { name: 'opening', attempt: id };
  let loading: Promise<Answer> | undefined;
  let answer: Answer | undefined;

  const send = (event: SignupFlowEvent): void => {
    if (abort.signal.aborted) return;
    const next = transition(flow, event);
    if (next === flow) return;
    flow = next;
    if (isUnderWay(flow)) {
      host.show(flow, answer);
      if (flow.name === 'waiting' && flow.response) void verify(flow.response);
    } else {
      abort.abort();
      host.show(flow, answer);
      if (flow.name === 'completed' && flow.user && element.form) answer?.fillForm(element.form, flow.user);
      host.announce(flow);
    }
  };
  const fail = (failure: SignupFailure) => send({ type: 'failed', attempt: id, failure });

  const verify = async ({ credential = '', iss }: ResponseMessage): Promise<void> => {
    try {
      answer = await loading;
      const user = await answer?.verify(credential, { issuer: iss, clientId, nonce });
      if (user) send({ type: 'verified', attempt: id, user });
    } catch (error) {
      // A script that did not load has no code of its own, and leaves the credential unchecked as well.
      const { code = 'keys_unavailable' satisfies WidgetErrorCode, message } = error as SignupFailure;
      fail({ code, message });
    }
  };

  if (popup === undefined) {
    fail({ code: 'misconfigured', message: mistakeOf(attempt) });
    return;
  }
  // A window that is closed at once was not blocked, but cut off: that is what a Cross-Origin-Opener-Policy makes it look like.
  if (!popup) {
    send({ type: 'blocked', attempt: id });
    return;
  }
  watchPopup(attempt, popup, host.timings, send);
  // Not before the popup is open, and never where nobody clicks. A failure shows when the answer needs it.
  const { html, root, language } = host;
  loading = import('../answer/answer.ts').then((module) => module.prepareAnswer({ html, root, platform, language }));
  loading.catch(() => {});
}

function mistakeOf({ clientId }: OpenAttempt): string {
  if (!isSecureContext) return 'Serve this page over HTTPS, or from localhost.';
  if (!clientId) return 'Set the attribute client-id.';
  return 'Set the attribute platform to the origin of the platform.';
}

import type { ResponseMessage, WidgetErrorCode } from '@signup-with-platform/protocol';
import type { Answer } from '../answer/answer.ts';
import type { OpenAttempt } from '../open-attempt.ts';
import { en } from '../strings/en.ts';
import { adoptStyles } from './adopt-styles.ts';
import { announce } from './announce.ts';
import type { AttemptHost } from './attempt-host.ts';
import { formValue } from './form-value.ts';
import { postToLoginUri } from './post-to-login-uri.ts';
import { redeemCode } from './redeem-code.ts';
import { rememberName } from './remember.ts';
import { isUnderWay, type SignupFailure, type SignupFlow, type SignupFlowEvent, transition } from './signup-flow.ts';

export interface RunningAttemptOptions {
  /** The redirect URI to redeem a code with. */
  redirectUri: string | undefined;
  /** Where the answer is posted to, when the element has a `login-uri`. */
  loginHref: string | undefined;
}

/**
 * An attempt between the click and its end: it takes each event, moves the flow on, verifies the answer, and tells the element and the
 * page how it ended. How the answer gets here is none of its business.
 */
export class RunningAttempt {
  readonly attempt: OpenAttempt;
  readonly host: AttemptHost;
  readonly #options: RunningAttemptOptions;
  #flow: SignupFlow;
  #loading: Promise<Answer> | undefined;
  #answer: Answer | undefined;

  constructor(attempt: OpenAttempt, host: AttemptHost, options: RunningAttemptOptions) {
    this.attempt = attempt;
    this.host = host;
    this.#options = options;
    this.#flow = { name: 'opening', attempt: attempt.id };
  }

  readonly send = (event: SignupFlowEvent): void => {
    const { attempt, host } = this;
    if (attempt.abort.signal.aborted) return;
    const next = transition(this.#flow, event);
    if (next === this.#flow) return;
    const { verifier: codeVerifier } = attempt;
    const { redirectUri } = this.#options;
    this.#flow = next.name === 'completed' && next.code ? { ...next, codeVerifier, redirectUri } : next;
    if (!isUnderWay(this.#flow)) {
      void this.#settle(this.#flow);
      return;
    }
    host.show(this.#flow, this.#answer);
    if (this.#flow.name === 'waiting' && this.#flow.response) void this.#verify(this.#flow.response);
  };

  fail(failure: SignupFailure): void {
    this.send({ type: 'failed', attempt: this.attempt.id, failure });
  }

  /** Renders the element again, because the attempt has a window now. */
  showAgain(): void {
    this.host.show(this.#flow, this.#answer);
  }

  /** Gives the element back as if nobody had clicked. */
  release(): void {
    this.attempt.abort.abort();
    this.host.show({ name: 'idle' }, undefined);
  }

  /** Loads what verifies and shows an answer. Not before the popup is open, and never where nobody clicks. */
  loadAnswer(): void {
    if (this.#loading) return;
    const { html, root, labels, chosen } = this.host;
    const { platform } = this.attempt;
    const strings = { ...en, ...labels };
    this.#loading = import('../answer/answer.ts').then(({ prepareAnswer }) =>
      prepareAnswer({ html, adoptStyles: (styles) => adoptStyles(root, styles), platform, strings, chosen }),
    );
    // A failure shows when the answer needs it.
    this.#loading.catch(() => {});
  }

  async #verify(response: ResponseMessage): Promise<void> {
    const { id, clientId, nonce, verifier = '', redirectUri = '' } = this.attempt;
    try {
      const { iss: issuer, code = '' } = response;
      const credential = response.credential ?? (await redeemCode(issuer, { clientId, code, verifier, redirectUri }));
      this.#answer = await this.#loading;
      const user = await this.#answer?.verify(credential, { issuer, clientId, nonce });
      if (user) this.send({ type: 'verified', attempt: id, user, credential });
    } catch (error) {
      // A script that did not load has no code of its own, and leaves the credential unchecked as well.
      const { code = 'keys_unavailable' satisfies WidgetErrorCode, message } = error as SignupFailure;
      this.fail({ code, message });
    }
  }

  async #settle(flow: SignupFlow): Promise<void> {
    const { attempt, host } = this;
    const { element } = host;
    attempt.abort.abort();
    host.show(host.silent && 'failure' in flow ? { name: 'idle' } : flow, this.#answer);
    if (host.silent) return;
    const user = flow.name === 'completed' ? flow.user : undefined;
    if (user && element.remember) rememberName(user.given_name);
    // The page hears of a success when its form is filled. Every other end is told at once.
    const filled = user && element.form ? await this.#answer?.fillForm(element.form, user) : undefined;
    announce(flow, host.emit, filled);
    const value = formValue(flow, element.name);
    const { loginHref } = this.#options;
    if (value && loginHref !== undefined) postToLoginUri(loginHref, value);
  }
}

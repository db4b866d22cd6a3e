import type { ResponseMessage, WidgetErrorCode } from '@signup-with-platform/protocol';
import type { Answer } from '../answer/answer.ts';
import type { FilledControl } from '../events.ts';
import type { OpenAttempt } from '../open-attempt.ts';
import { en } from '../strings/en.ts';
import { adoptStyles } from './adopt-styles.ts';
import { announce } from './announce.ts';
import type { AttemptHost } from './attempt-host.ts';
import { formValue } from './form-value.ts';
import { rememberName } from './remember.ts';
import { ask, send } from './request.ts';
import {
  isUnderWay,
  type SignupFailure,
  type SignupFlow,
  type SignupFlowEvent,
  type SignupUser,
  transition,
} from './signup-flow.ts';

/** How long it may take to load the code that verifies, and the platform's keys, before the check is given up. */
const VERIFYING_MS = 90_000;
/** How long the page waits for the news of a success while its form is filled. Filling itself ends before. */
const FILLING_MS = 3_000;

/**
 * An attempt between the click and its end: it takes each event, moves the flow on, verifies the answer, and tells the element and the
 * page how it ended. How the answer gets here is none of its business.
 */
export class RunningAttempt {
  readonly attempt: OpenAttempt;
  readonly host: AttemptHost;
  /** Posts the answer, when the element has a `login-uri`. */
  post: ((answer: FormData) => void) | undefined;
  readonly #redirectUri: string | undefined;
  #flow: SignupFlow;
  #loading: Promise<Answer> | undefined;
  #answer: Answer | undefined;

  /** @param redirectUri to redeem a code with */
  constructor(attempt: OpenAttempt, host: AttemptHost, redirectUri: string | undefined) {
    this.attempt = attempt;
    this.host = host;
    this.#redirectUri = redirectUri;
    this.#flow = { name: 'opening', attempt: attempt.id };
  }

  readonly send = (event: SignupFlowEvent): void => {
    const { attempt, host } = this;
    if (attempt.abort.signal.aborted) return;
    const next = transition(this.#flow, event);
    if (next === this.#flow) return;
    const { verifier: codeVerifier } = attempt;
    const redirectUri = this.#redirectUri;
    const receivedAtMs = Date.now() - (attempt.ageMs ?? 0);
    this.#flow =
      next.name !== 'completed' ? next : next.code ? { ...next, codeVerifier, redirectUri } : { ...next, receivedAtMs };
    if (!isUnderWay(this.#flow)) {
      void this.#settle(this.#flow);
      return;
    }
    host.show(this.#flow, this.#answer);
    if (this.#flow.name === 'waiting' && this.#flow.response) void this.#verify(this.#flow.response);
  };

  /** @param framed whether the page around this one is the reason */
  fail(failure: SignupFailure, framed = false): void {
    this.send({ type: 'failed', attempt: this.attempt.id, failure, framed });
  }

  /** The page is left, or is back without an answer. */
  cancel(): void {
    this.send({ type: 'cancelled', attempt: this.attempt.id });
  }

  /** Renders the element again, because the attempt has a window now. */
  showAgain(): void {
    this.host.show(this.#flow, this.#answer);
  }

  /** Loads what verifies and shows an answer. Not before the popup is open, and never where nobody clicks. */
  loadAnswer(): Promise<Answer> {
    if (!this.#loading) {
      const { html, root, labels, chosen } = this.host;
      const { platform } = this.attempt;
      const strings = { ...en, ...labels };
      this.#loading = import('../answer/answer.ts').then(({ prepareAnswer }) =>
        prepareAnswer({ html, adoptStyles: (styles) => adoptStyles(root, styles), platform, strings, ask, chosen }),
      );
      // A failure shows when the answer needs it, after another try: the device may have been offline for a moment.
      this.#loading.catch(() => {
        this.#loading = undefined;
      });
    }
    return this.#loading;
  }

  async #verify(response: ResponseMessage): Promise<void> {
    const { id, clientId, nonce, verifier = '', redirectUri = '', abort, silent, ageMs = Number.NaN } = this.attempt;
    const giveUp = setTimeout(
      () =>
        this.fail({ code: 'keys_unavailable', message: 'The platform took too long to send what checks its answer.' }),
      VERIFYING_MS,
    );
    abort.signal.addEventListener('abort', () => clearTimeout(giveUp));
    try {
      const { iss: issuer, code = '' } = response;
      const loading = this.loadAnswer();
      const redeem = async () => {
        const { redeemCode } = await import('./redeem-code.ts');
        return redeemCode(send, issuer, { clientId, code, verifier, redirectUri });
      };
      const credential = response.credential ?? (await redeem());
      this.#answer = await loading;
      const user = await this.#answer.verify(credential, { issuer, clientId, nonce, ageMs: silent ? ageMs : 0 });
      this.send({ type: 'verified', attempt: id, user, credential });
    } catch (error) {
      // A script that did not load has no code of its own, and leaves the credential unchecked as well.
      const { code = 'keys_unavailable' satisfies WidgetErrorCode, message } = error as SignupFailure;
      this.fail({ code, message });
    }
  }

  /** The one way out: the attempt ends, the form is filled, the element shows it, and the page is told. */
  async #settle(flow: SignupFlow): Promise<void> {
    const { attempt, host } = this;
    const { element } = host;
    attempt.abort.abort();
    if (attempt.silent) {
      host.show('failure' in flow ? { name: 'idle' } : flow, this.#answer);
      return;
    }
    let isTold = false;
    let filled: readonly FilledControl[] | undefined;
    const tell = () => {
      if (isTold) return;
      // Before, because a listener of the page may start over.
      isTold = true;
      host.show(flow, this.#answer);
      announce(flow, host.emit, filled);
    };
    if (flow.name === 'completed' && flow.user) {
      if (element.remember) rememberName(flow.user.given_name);
      // Nothing can change how it ended any more. Whoever ends the wait is told before.
      host.hold(flow, tell);
      if (element.form) filled = await this.#fill(element.form, flow.user);
    }
    // The page may have started over meanwhile.
    const isCurrent = !isTold;
    tell();
    const [value] = formValue(flow, element.name);
    if (value && isCurrent) this.post?.(value);
  }

  /** At most {@link FILLING_MS}. What the page's own code throws meanwhile is reported, and does not take the success away. */
  async #fill(form: HTMLFormElement, user: SignupUser): Promise<readonly FilledControl[] | undefined> {
    const patience = new Promise<undefined>((resolve) => setTimeout(resolve, FILLING_MS));
    try {
      return await Promise.race([this.#answer?.fillForm(form, user), patience]);
    } catch (error) {
      reportError(error);
      return undefined;
    }
  }
}

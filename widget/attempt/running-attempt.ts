import type { ResponseMessage, WidgetErrorCode } from '@signup-with-platform/protocol';
import type { Answer } from '../answer/answer.ts';
import { bare } from '../bare.ts';
import type { FilledControl } from '../events.ts';
import type { OpenAttempt } from '../open-attempt.ts';
import { en } from '../strings/en.ts';
import { adoptStyles } from './adopt-styles.ts';
import { announce } from './announce.ts';
import { askEarly } from './ask-early.ts';
import type { AttemptHost } from './attempt-host.ts';
import { formValue } from './form-value.ts';
import { rememberName } from './remember.ts';
import { send } from './request.ts';
import { isUnderWay, type SignupFailure, type SignupFlow, type SignupFlowEvent, transition } from './signup-flow.ts';

/** How long it may take to load the code that verifies, and the platform's keys, before the check is given up. */
const VERIFYING_MS = 90_000;
/** How long the reason for a failure may take to load. */
const BLAMING_MS = 10_000;

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
    this.#flow = bare({ name: 'opening', attempt: attempt.id });
  }

  readonly send = (event: SignupFlowEvent): void => {
    if (this.attempt.abort.signal.aborted) return;
    try {
      this.#move(event);
    } catch (error) {
      this.blame({ code: 'page_broken', message: `Something of the browser does not work in this page: ${error}` });
    }
  };

  #move(event: SignupFlowEvent): void {
    const { attempt, host } = this;
    const next = transition(this.#flow, bare(event));
    if (next === this.#flow) return;
    const { verifier: codeVerifier } = attempt;
    const redirectUri = this.#redirectUri;
    this.#flow = bare(
      next.name !== 'completed'
        ? next
        : bare(next).code
          ? { ...next, codeVerifier, redirectUri }
          : { ...next, receivedAtMs: Date.now() - (attempt.ageMs ?? 0) },
    );
    if (isUnderWay(this.#flow)) host.show(this.#flow, this.#answer);
    else void this.#settle(this.#flow);
    if (this.#flow.name === 'waiting' && this.#flow.response) void this.#verify(this.#flow.response);
  }

  /** @param framed whether the page around this one is the reason */
  fail(failure: SignupFailure, framed = false): void {
    this.send({ type: 'failed', attempt: this.attempt.id, failure, framed });
  }

  /** Fails, but for the reason that a script of the page has broken something, where that is so: then everything looks wrong. */
  blame(failure: SignupFailure, framed?: boolean): void {
    const fail = (reason: SignupFailure) => this.fail(reason, framed);
    setTimeout(fail, BLAMING_MS, failure);
    import('./broken-page.ts').then(({ reasonOf }) => fail(reasonOf(failure))).catch(() => fail(failure));
  }

  /** The page is left, or is back without an answer. */
  cancel(): void {
    this.send({ type: 'cancelled', attempt: this.attempt.id });
  }

  /** Renders the element again, because the attempt has a window now. */
  showAgain(): void {
    this.host.show(this.#flow, this.#answer);
  }

  /** Loads what verifies and shows an answer, and the platform's keys beside it. Not before the popup is open, and never where nobody clicks. */
  loadAnswer(): Promise<Answer> {
    if (!this.#loading) {
      const { html, root, labels, chosen } = this.host;
      const { platform } = this.attempt;
      const strings = { ...en, ...labels };
      const askFor = askEarly([`${platform}/jwks`, `${platform}/sandbox/jwks`]);
      this.#loading = import('../answer/answer.ts').then(({ prepareAnswer }) =>
        prepareAnswer({
          html,
          adoptStyles: (styles) => adoptStyles(root, styles),
          platform,
          strings,
          ask: askFor,
          chosen,
        }),
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
        this.blame({ code: 'keys_unavailable', message: 'The platform took too long to send what checks its answer.' }),
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
      this.blame({ code, message });
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
      try {
        host.show(flow, this.#answer);
      } finally {
        announce(flow, host.emit, element.nonce, filled);
      }
    };
    try {
      if (flow.name === 'completed' && flow.user) {
        if (element.remember) rememberName(flow.user.given_name);
        // Nothing can change how it ended any more. Whoever ends the wait is told before.
        host.hold(flow, tell);
        // What the page's own code throws meanwhile does not take the success away.
        if (element.form) filled = await this.#answer?.fillForm(element.form, flow.user);
      }
    } finally {
      // The page may have started over meanwhile.
      const isCurrent = !isTold;
      tell();
      const [value] = formValue(flow, element.name);
      if (value && isCurrent) this.post?.(value);
    }
  }
}

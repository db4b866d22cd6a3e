import type { html as Html } from 'lit';
import type { Answer } from '../answer/answer.ts';
import type { OpenAttempt, PopupTimings } from '../open-attempt.ts';
import type { Labels } from '../strings/strings.ts';
import type { Emit } from './announce.ts';
import type { FedcmHost } from './fedcm.ts';
import type { SignupFlow, SignupFlowEvent } from './signup-flow.ts';

type Send = (event: SignupFlowEvent) => void;

/** What an answer needs that the popup does not post. */
export interface RedirectWay {
  /** Takes the page itself to the platform. @returns false when that is not possible */
  leave(attempt: OpenAttempt, host: AttemptHost, send: Send): boolean;
  /** Listens for what a page at the redirect URI passes on. @param read says what it means */
  listenForRelay(
    attempt: OpenAttempt,
    read: (message: Readonly<Record<string, unknown>>, attempt: OpenAttempt) => SignupFlowEvent | undefined,
    send: Send,
  ): void;
}

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
  /** Loaded before the click, where the element has a redirect URI. */
  readonly way: RedirectWay | undefined;
  /** Handed over, so that no chunk has to import the entry: under another address, that would run the entry twice. */
  readonly html: typeof Html;
  readonly root: ShadowRoot;
  readonly labels: Labels;
  /** Lists of the page in which somebody has chosen. */
  readonly chosen: WeakSet<EventTarget>;
  /** Shows where the attempt stands. Once it is settled, the element is free for another one. */
  show(flow: SignupFlow, answer: Answer | undefined): void;
  /**
   * The attempt is settled, and is shown and told once the form is filled. A form that is sent meanwhile has its credential.
   *
   * @param tell shows and tells the page how it ended, once. The element calls it before another sign-up starts, and before it starts over
   */
  hold(flow: SignupFlow, tell: () => void): void;
  /** Tells the page. */
  readonly emit: Emit;
}

import type { Claim } from '@signup-with-platform/protocol';
import type { SignupFailure, SignupUser } from './attempt/signup-flow.ts';

export interface FilledControl {
  /** May stand in an open shadow tree inside the form. */
  control: HTMLElement;
  /** One of the claims that were shared, such as `given_name` or `address`. */
  claim: Claim;
}

export interface SignupSuccessDetail {
  /** From the verified credential. Absent when there is only a `code`. */
  user?: SignupUser | undefined;
  /** The ID token. The vendor's backend has to verify it again. */
  credential?: string | undefined;
  /** The authorization code. The vendor's backend redeems it, together with the two values below. */
  code?: string | undefined;
  codeVerifier?: string | undefined;
  redirectUri?: string | undefined;
  isNewUser?: boolean | undefined;
  /** The controls of the form that were filled, each with the claim whose value it got. Absent when there is no form. */
  filled?: readonly FilledControl[] | undefined;
}

/**
 * The `detail` of each event. All events bubble, out of shadow trees too. Each start that is not prevented is followed by one of the others;
 * of an element that is no longer in the page, it is dispatched on the document as well.
 */
export interface SignupEventDetails {
  'signup-start': null;
  'signup-success': SignupSuccessDetail;
  'signup-cancel': null;
  'signup-error': SignupFailure;
}

/** Before the popup opens. `preventDefault()` keeps it closed, e.g. until the terms are accepted. */
export type SignupStartEvent = CustomEvent<SignupEventDetails['signup-start']>;
/** The person agreed, and the form is filled. */
export type SignupSuccessEvent = CustomEvent<SignupEventDetails['signup-success']>;
/** The person closed the popup or refused, or the page ended the sign-up. Nothing was shared. */
export type SignupCancelEvent = CustomEvent<SignupEventDetails['signup-cancel']>;
/** The sign-up failed. `detail.code` says why, and `detail.message` what to do. */
export type SignupErrorEvent = CustomEvent<SignupEventDetails['signup-error']>;

declare global {
  interface HTMLElementEventMap {
    'signup-start': SignupStartEvent;
    'signup-success': SignupSuccessEvent;
    'signup-cancel': SignupCancelEvent;
    'signup-error': SignupErrorEvent;
  }
}

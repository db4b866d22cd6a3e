import type { SignupFailure, SignupUser } from './attempt/signup-flow.ts';

export interface SignupSuccessDetail {
  /** From the verified credential. Absent with `code` alone. */
  user?: SignupUser | undefined;
  /** The ID token, for the vendor's backend, which has to verify it again. */
  credential?: string | undefined;
  /** The authorization code, for the vendor's backend to redeem, together with the two below it. */
  code?: string | undefined;
  codeVerifier?: string | undefined;
  redirectUri?: string | undefined;
  isNewUser?: boolean | undefined;
}

/** What each event carries. All of them bubble, out of shadow trees too. */
export interface SignupEventDetails {
  'signup-start': null;
  'signup-success': SignupSuccessDetail;
  'signup-cancel': null;
  'signup-error': SignupFailure;
}

/** Before the popup opens. `preventDefault()` keeps it shut, say until the terms are accepted. */
export type SignupStartEvent = CustomEvent<SignupEventDetails['signup-start']>;
/** The person agreed; the form is filled. */
export type SignupSuccessEvent = CustomEvent<SignupEventDetails['signup-success']>;
/** The person closed the popup, or refused. Nothing was shared. */
export type SignupCancelEvent = CustomEvent<SignupEventDetails['signup-cancel']>;
/** It did not work; `detail.code` says why, `detail.message` what to do. */
export type SignupErrorEvent = CustomEvent<SignupEventDetails['signup-error']>;

declare global {
  interface HTMLElementEventMap {
    'signup-start': SignupStartEvent;
    'signup-success': SignupSuccessEvent;
    'signup-cancel': SignupCancelEvent;
    'signup-error': SignupErrorEvent;
  }
}

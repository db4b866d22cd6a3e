import type { SignupFailure, SignupUser } from './attempt/signup-flow.ts';

const OUTWARD = { bubbles: true, composed: true };

/** Before the popup opens. `preventDefault()` keeps it shut, say until the terms are accepted. */
export class SignupStartEvent extends CustomEvent<null> {
  constructor() {
    super('signup-start', { ...OUTWARD, cancelable: true });
  }
}

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

/** The person agreed; the form is filled. */
export class SignupSuccessEvent extends CustomEvent<SignupSuccessDetail> {
  constructor(detail: SignupSuccessDetail) {
    super('signup-success', { ...OUTWARD, detail });
  }
}

/** The person closed the popup, or refused. Nothing was shared. */
export class SignupCancelEvent extends CustomEvent<null> {
  constructor() {
    super('signup-cancel', OUTWARD);
  }
}

/** It did not work; `detail.code` says why, `detail.message` what to do. */
export class SignupErrorEvent extends CustomEvent<SignupFailure> {
  constructor(detail: SignupFailure) {
    super('signup-error', { ...OUTWARD, detail });
  }
}

declare global {
  interface HTMLElementEventMap {
    'signup-start': SignupStartEvent;
    'signup-success': SignupSuccessEvent;
    'signup-cancel': SignupCancelEvent;
    'signup-error': SignupErrorEvent;
  }
}

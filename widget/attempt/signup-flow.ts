import {
  RESPONSE_ERRORS,
  type ResponseMessage,
  type UserClaims,
  type WidgetErrorCode,
} from '@signup-with-platform/protocol';

/** The person, as a verified credential describes them. Key users on `iss` + `sub`, never on `email`. */
export interface SignupUser extends UserClaims {
  /** The issuer of the credential: the platform, or its sandbox. */
  iss: string;
  /** This vendor's id for the person; another vendor sees another one. */
  sub: string;
  /** True the first time that this vendor receives a credential for this person. */
  isNewUser: boolean;
  /** What was shared of fields that the platform has added to the usual ones, by name. Absent when there is none. */
  claims?: OwnValues;
  /** What those and ages are called, in the language of the button, by name. */
  claimLabels?: Readonly<Record<string, string>>;
}

export type OwnValues = Readonly<Record<string, string | number | boolean>>;

export interface SignupFailure {
  code: WidgetErrorCode;
  /** For the vendor's developer, in English: what went wrong, and what to do about it. */
  message: string;
  /** With `platform_error`: what the platform answered (RFC 6749 section 4.1.2.1). */
  error?: string;
  error_description?: string;
}

/** Where a sign-up stands. `attempt` names one click, so that answers to another one are recognized as stale. */
export type SignupFlow =
  | { readonly name: 'idle' }
  /**
   * The popup was opened, but nothing was heard from it, so `popup.closed` means nothing yet. `cutOff`: it looks closed, but may still
   * answer through the page at the redirect URI; or it has been silent for long. The same state is used when this page itself is on its way
   * to the platform. Another click starts again. `away`: it spoke, and left for another login, where it cannot speak.
   */
  | { readonly name: 'opening'; readonly attempt: string; readonly cutOff?: boolean; readonly away?: boolean }
  /** The popup spoke, so the link to it works. `response` is the answer whose credential is being verified. */
  | { readonly name: 'waiting'; readonly attempt: string; readonly response?: ResponseMessage }
  | {
      readonly name: 'completed';
      readonly user?: SignupUser | undefined;
      readonly credential?: string | undefined;
      /** When the credential arrived, by the clock of this device. */
      readonly receivedAtMs?: number;
      /** For the vendor's backend, together with what it needs to redeem the code (RFC 6749 section 4.1.3, RFC 7636). */
      readonly code?: string | undefined;
      readonly codeVerifier?: string | undefined;
      readonly redirectUri?: string | undefined;
    }
  | { readonly name: 'cancelled' }
  /** `framed`: because of the page around this one. */
  | { readonly name: 'blocked' | 'timed-out' | 'failed'; readonly failure: SignupFailure; readonly framed?: boolean };

export type SignupState = SignupFlow['name'];

export type SignupFlowEvent =
  /** `trouble`: what `window.open` did instead. `framed`: in a frame, although somebody clicked. */
  | { readonly type: 'blocked'; readonly attempt: string; readonly trouble?: unknown; readonly framed?: boolean }
  | { readonly type: 'leaving'; readonly attempt: string }
  | { readonly type: 'ready'; readonly attempt: string }
  /** The popup leaves for another login. Until it is back, `popup.closed` means nothing. */
  | { readonly type: 'away'; readonly attempt: string }
  /** `redeem`: a code is redeemed here, and not by the vendor's backend. */
  | {
      readonly type: 'response';
      readonly attempt: string;
      readonly response: ResponseMessage;
      readonly redeem?: boolean;
    }
  | { readonly type: 'verified'; readonly attempt: string; readonly user: SignupUser; readonly credential: string }
  | { readonly type: 'failed'; readonly attempt: string; readonly failure: SignupFailure; readonly framed?: boolean }
  /** `relayed`: an answer may still come through the redirect URI. */
  | { readonly type: 'closed'; readonly attempt: string; readonly relayed?: boolean }
  /** Nothing was heard from the popup for long. It may load slowly, or show the error page of a proxy. */
  | { readonly type: 'silent'; readonly attempt: string }
  /** Nor does the platform answer this page. */
  | { readonly type: 'unreachable'; readonly attempt: string }
  | { readonly type: 'timeout'; readonly attempt: string }
  /** The page is left, or is back without an answer. */
  | { readonly type: 'cancelled'; readonly attempt: string };

/** True while a popup is open, or its answer is being verified. */
export function isUnderWay(flow: SignupFlow): flow is Extract<SignupFlow, { attempt: string }> {
  return 'attempt' in flow;
}

/**
 * The next state. Returns the same object when the event changes nothing, because it belongs to an earlier attempt, came twice, or came
 * too late.
 */
export function transition(flow: SignupFlow, event: SignupFlowEvent): SignupFlow {
  if (!isUnderWay(flow) || event.attempt !== flow.attempt) return flow;
  const answered = flow.name === 'waiting' && flow.response;
  switch (event.type) {
    case 'ready':
      return flow.name === 'opening' ? { name: 'waiting', attempt: flow.attempt } : flow;
    case 'away':
      return answered || ('away' in flow && flow.away) ? flow : { name: 'opening', attempt: flow.attempt, away: true };
    case 'response':
      return answered ? flow : answer(event.attempt, event.response, event.redeem);
    case 'verified':
      return answered ? { name: 'completed', user: event.user, credential: event.credential } : flow;
    case 'closed':
      if (answered) return flow;
      // If the link works, the person has closed the popup. Otherwise the popup may be alive behind a COOP header.
      if (flow.name === 'waiting') return { name: 'cancelled' };
      if (event.relayed || flow.away) return flow.cutOff ? flow : { ...flow, cutOff: true };
      return { name: 'failed', failure: UNREACHABLE };
    case 'blocked':
      if (flow.name !== 'opening') return flow;
      return { name: 'blocked', failure: blocked(event), ...framed(event) };
    case 'unreachable':
      return flow.name === 'opening' && !flow.away ? { name: 'failed', failure: PLATFORM_UNREACHABLE } : flow;
    case 'silent':
    case 'leaving':
      // There is no window to bring to the front, or none that is of use, so another click starts again if the platform does not answer.
      return flow.name === 'opening' && !flow.cutOff ? { ...flow, cutOff: true } : flow;
    case 'cancelled':
      return { name: 'cancelled' };
    case 'timeout':
      return { name: 'timed-out', failure: TIMED_OUT };
    case 'failed':
      return { name: 'failed', failure: event.failure, ...framed(event) };
  }
}

const framed = (event: { framed?: boolean }) => event.framed && { framed: true };

function answer(attempt: string, response: ResponseMessage, redeem = false): SignupFlow {
  const { error, error_description, credential, code } = response;
  if (error === RESPONSE_ERRORS.ACCESS_DENIED) return { name: 'cancelled' };
  if (error === RESPONSE_ERRORS.ATTEMPT_EXPIRED) return { name: 'timed-out', failure: TIMED_OUT };
  if (error !== undefined) {
    const message = error_description ? `${error}: ${error_description}` : error;
    return {
      name: 'failed',
      failure: {
        code: 'platform_error',
        message,
        error,
        ...(error_description !== undefined && { error_description }),
      },
    };
  }
  // Only the vendor's backend can check a code. A credential is verified here, before anything in it is used.
  return credential === undefined && !redeem ? { name: 'completed', code } : { name: 'waiting', attempt, response };
}

function blocked({ trouble, framed }: { trouble?: unknown; framed?: boolean }): SignupFailure {
  const message =
    trouble === undefined
      ? framed
        ? 'The frame opens no popup. Give its sandbox allow-popups and allow-popups-to-escape-sandbox.'
        : 'The browser blocked the popup. Call signUp() in a click; a sandboxed frame needs allow-popups.'
      : `A script of this page or an extension has replaced window.open: ${trouble}`;
  return { code: 'popup_blocked', message };
}

const UNREACHABLE: SignupFailure = {
  code: 'popup_unreachable',
  message:
    'The popup never reached this page. Is this origin registered for the client-id? If this page has a ' +
    'Cross-Origin-Opener-Policy of same-origin, register a redirect URI and name it in the attribute redirect-uri.',
};

const PLATFORM_UNREACHABLE: SignupFailure = {
  code: 'platform_unreachable',
  message: 'The platform does not answer: it is down, or a proxy before it is; or connect-src does not allow it.',
};

const TIMED_OUT: SignupFailure = { code: 'timed_out', message: 'The popup did not answer in time.' };

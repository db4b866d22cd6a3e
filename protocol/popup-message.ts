/**
 * Posted by each page of the popup as early as possible, so that the widget knows that the link to the opener works, and again every 20 s
 * while the page lives, so that a window in which somebody reads or types is not taken for one that is gone.
 */
export const READY_MESSAGE = 'signup-with-platform:ready';
/** Posted before the popup leaves for another login, whose pages say nothing and may cut the popup off. */
export const AWAY_MESSAGE = 'signup-with-platform:away';
/** Posted once, by the popup's last page. */
export const RESPONSE_MESSAGE = 'signup-with-platform:response';

export interface ReadyMessage {
  type: typeof READY_MESSAGE;
  state: string;
}

export interface AwayMessage {
  type: typeof AWAY_MESSAGE;
  state: string;
}

/** An authorization response (OpenID Connect Core 1.0, RFC 6749 section 4.1.2), sent by `postMessage` to the registered origin. */
export interface ResponseMessage {
  type: typeof RESPONSE_MESSAGE;
  state: string;
  /** RFC 9207: the issuer that answers, to be compared with the one that was asked. */
  iss: string;
  /** The ID token, with `response_type=id_token`. */
  credential?: string;
  /** The authorization code, with `response_type=code`. */
  code?: string;
  error?: string;
  error_description?: string;
}

export type PopupMessage = ReadyMessage | AwayMessage | ResponseMessage;

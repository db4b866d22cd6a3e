/** Posted by each page of the popup as early as possible, so that the widget knows that the link to the opener works. */
export const READY_MESSAGE = 'signup-with-platform:ready';
/** Posted once, by the popup's last page. */
export const RESPONSE_MESSAGE = 'signup-with-platform:response';

export interface ReadyMessage {
  type: typeof READY_MESSAGE;
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

export type PopupMessage = ReadyMessage | ResponseMessage;

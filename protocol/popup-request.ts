/** Query of `GET {platform}/popup`. */
export interface PopupRequest {
  client_id: string;
  /** The page's `location.origin`, which must be registered for the client_id. */
  origin: string;
  /** Unguessable, made anew by the widget for each attempt; comes back in each message. */
  state: string;
  /** Comes back inside the credential. The vendor's backend issues it and checks it. */
  nonce: string;
  /** Default `id_token`. */
  response_type?: 'id_token' | 'code';
  /** PKCE, RFC 7636: required with `response_type=code`, and for whatever is to go to `redirect_uri`. */
  code_challenge?: string;
  /** Only `S256`. */
  code_challenge_method?: 'S256';
  /** Claim names separated by spaces or commas. Default: what the app registered as required. */
  fields?: string;
  /** BCP 47. Default: the browser's. */
  language?: string;
  theme?: 'light' | 'dark' | 'auto';
  /**
   * Registered, on the same origin as the page. Where the response goes, in the fragment, when it cannot be posted: the page that opened
   * the popup is out of its reach, or the page itself came here. It is a code there, never a credential.
   */
  redirect_uri?: string;
  /** `redirect`: the page itself came here, there is no popup. Default: `popup`. */
  mode?: 'popup' | 'redirect';
  /** `login`: ask who it is even if somebody is signed in. */
  prompt?: 'login';
}

/** Bounds of what a page may send, in characters. */
export const MAX_STATE_LENGTH = 512;
export const MAX_NONCE_LENGTH = 512;

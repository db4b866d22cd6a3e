/** Query of `GET {platform}/popup`. */
export interface PopupRequest {
  client_id: string;
  /** The page's `location.origin`, which must be registered for the client_id. */
  origin: string;
  /** An unguessable value that the widget makes for each attempt. Every message repeats it. */
  state: string;
  /** The credential repeats it. The vendor's backend issues it and checks it. */
  nonce: string;
  /** Default `id_token`. */
  response_type?: 'id_token' | 'code';
  /** PKCE, RFC 7636. Required with `response_type=code`, and for every response that goes to `redirect_uri`. */
  code_challenge?: string;
  /** Only `S256`. */
  code_challenge_method?: 'S256';
  /** Claim names separated by spaces or commas. Default: what the app registered as required. */
  fields?: string;
  /** BCP 47. Default: the browser's. */
  language?: string;
  theme?: 'light' | 'dark' | 'auto';
  /**
   * A registered address on the origin of the page. The response goes there, in the fragment, when it cannot be posted, because the popup
   * cannot reach the page that opened it, or because the page itself came here. It then holds a code, never a credential.
   */
  redirect_uri?: string;
  /** `redirect`: the page itself came here instead of opening a popup. Default: `popup`. */
  mode?: 'popup' | 'redirect';
  /** `login`: ask who the person is, even if somebody is signed in. */
  prompt?: 'login';
}

/** The longest values that a page may send, in characters. */
export const MAX_STATE_LENGTH = 512;
export const MAX_NONCE_LENGTH = 512;

/**
 * `error` of a {@link ResponseMessage}, from RFC 6749 section 4.1.2.1 and OpenID Connect Core 1.0 section 3.1.2.6. The server may send
 * other codes of those registries, too.
 */
export const RESPONSE_ERRORS = {
  /** The person refused, or pressed Cancel. */
  ACCESS_DENIED: 'access_denied',
  INVALID_REQUEST: 'invalid_request',
  INVALID_SCOPE: 'invalid_scope',
  SERVER_ERROR: 'server_error',
  TEMPORARILY_UNAVAILABLE: 'temporarily_unavailable',
  /** Ours: nobody answered the popup's page for as long as the platform keeps an attempt. The page itself says so. */
  ATTEMPT_EXPIRED: 'attempt_expired',
} as const;

/** `code` of the widget's `signup-error` event. Each has its own cause and its own remedy. */
export const WIDGET_ERRORS = {
  /** An attribute is missing or malformed. The vendor's developer has to correct it. */
  MISCONFIGURED: 'misconfigured',
  /** A script of the page, or an extension, has replaced something of the browser that the element needs. The message names it. */
  PAGE_BROKEN: 'page_broken',
  /** The browser refused to open the popup. */
  POPUP_BLOCKED: 'popup_blocked',
  /** The browser's own dialog (FedCM) failed so late that this click may no longer open a window. The next click opens the popup. */
  FEDCM_FAILED: 'fedcm_failed',
  /** The popup disappeared without reaching this page, because a COOP header cut it off or the platform refused the page. */
  POPUP_UNREACHABLE: 'popup_unreachable',
  /** The popup stayed silent, and the platform does not answer this page either: it is down, or a proxy before it says so. */
  PLATFORM_UNREACHABLE: 'platform_unreachable',
  TIMED_OUT: 'timed_out',
  /** The popup answered with an `error` other than `access_denied`. */
  PLATFORM_ERROR: 'platform_error',
  /** The credential's signature or a claim in it is wrong. */
  INVALID_CREDENTIAL: 'invalid_credential',
  /** The platform's keys could not be fetched, so the credential could not be checked. */
  KEYS_UNAVAILABLE: 'keys_unavailable',
  /** A part of the widget's script did not load: the network, or the page's Content-Security-Policy. */
  SCRIPT_UNAVAILABLE: 'script_unavailable',
} as const;
export type WidgetErrorCode = (typeof WIDGET_ERRORS)[keyof typeof WIDGET_ERRORS];

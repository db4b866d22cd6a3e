/** `code` of a {@link WebhookError}. The codes are stable, so programs may depend on them. */
export const WEBHOOK_ERRORS = {
  /** One of `webhook-id`, `webhook-timestamp`, `webhook-signature` did not arrive. */
  MISSING_HEADER: 'missing_header',
  /** One of them is not what a sender by Standard Webhooks writes. */
  MALFORMED_HEADER: 'malformed_header',
  /** The body was parsed or read before, so that the bytes that were signed are gone. A mistake in your program, most of the time. */
  BODY_NOT_RAW: 'body_not_raw',
  /** Larger than any event. */
  BODY_TOO_LARGE: 'body_too_large',
  /** Changed on its way, forged, or signed with a secret that you did not pass. */
  BAD_SIGNATURE: 'bad_signature',
  /** Sent too long ago: a replayed delivery, or a clock is wrong. */
  EXPIRED: 'expired',
  /** Sent in the future: one of the two clocks is wrong. */
  NOT_YET_VALID: 'not_yet_valid',
  /** Signed with your secret, and yet no event. */
  MALFORMED_EVENT: 'malformed_event',
} as const;
export type WebhookErrorCode = (typeof WEBHOOK_ERRORS)[keyof typeof WEBHOOK_ERRORS];

/**
 * A delivery was refused: do nothing of what it says, and answer 400. `message` is for the log, and `hint` names the likely mistake. Neither
 * contains a secret or the body.
 */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly code: WebhookErrorCode;
  /** The likely mistake, and what to do about it. In English, for developers. */
  readonly hint: string;

  constructor(code: WebhookErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(`${message}. ${hint}`, options);
    this.code = code;
    this.hint = hint;
  }
}

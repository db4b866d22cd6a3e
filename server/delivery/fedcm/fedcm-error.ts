/** Codes of FedCM's Error API, which are those of RFC 6749 section 4.1.2.1, and how each is answered. */
const STATUS = {
  invalid_request: 400,
  unauthorized_client: 403,
  access_denied: 403,
  login_required: 401,
  temporarily_unavailable: 503,
  server_error: 500,
} as const;

export type FedcmErrorCode = keyof typeof STATUS;

/** Ends a FedCM request. Nobody but the browser reads it: it is sent without CORS headers, so that no page does. */
export class FedcmError extends Error {
  override name = 'FedcmError';
  readonly code: FedcmErrorCode;
  readonly status: number;

  /** @param reason for the log and the vendor's event log, in English */
  constructor(code: FedcmErrorCode, reason: string) {
    super(reason);
    this.code = code;
    this.status = STATUS[code];
  }

  /** As FedCM section 3.5 has it. */
  get body(): { error: { code: FedcmErrorCode } } {
    return { error: { code: this.code } };
  }
}

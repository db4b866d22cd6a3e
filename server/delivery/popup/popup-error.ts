import type { ErrorPageCode } from './pages/models.ts';

const STATUS: Record<ErrorPageCode, number> = {
  unknown_app: 400,
  app_disabled: 403,
  app_not_approved: 403,
  origin_not_registered: 403,
  invalid_request: 400,
  expired: 400,
  cookies_blocked: 400,
  forbidden: 403,
  not_found: 404,
  too_many_requests: 429,
  unavailable: 503,
  server_error: 500,
};

/** Ends the journey with a page that says why; nothing is sent to the page that opened the popup. */
export class PopupError extends Error {
  override name = 'PopupError';
  readonly code: ErrorPageCode;
  readonly status: number;
  /** What the vendor's developer should fix, in English. */
  readonly developerHint: string | undefined;

  constructor(code: ErrorPageCode, developerHint?: string, options?: ErrorOptions) {
    super(developerHint ?? code, options);
    this.code = code;
    this.status = STATUS[code];
    this.developerHint = developerHint;
  }
}

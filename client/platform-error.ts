/** One rule that one parameter breaks, e.g. `{ parameter: 'password', rule: 'min_length[8]' }`. */
export interface FailedRule {
  parameter: string;
  rule: string;
}

export interface PlatformErrorDetails {
  code: string;
  message: string;
  /** What the likely mistake is, and what to do about it. In English, for developers. */
  hint?: string | undefined;
  /** HTTP status; absent when no answer came. */
  status?: number | undefined;
  requestId?: string | undefined;
  validationErrors?: readonly FailedRule[] | undefined;
  retryAfterSeconds?: number | undefined;
  body?: unknown;
  cause?: unknown;
}

/**
 * A call of the platform's API did not succeed. Each subclass has its own remedy; `code` is the platform's own, stable word for
 * it. The message is for the log, never for the person on the screen, and holds no key, secret or password.
 */
export class PlatformError extends Error {
  override readonly name: string = 'PlatformError';
  readonly code: string;
  readonly status: number | undefined;
  /** Tell it to the platform when you ask for help: its log has the same. */
  readonly requestId: string | undefined;
  readonly hint: string | undefined;
  /** Of a {@link ValidationError}; empty for all others. */
  readonly validationErrors: readonly FailedRule[];
  /** How long the platform asked to wait, in seconds. */
  readonly retryAfterSeconds: number | undefined;
  /** The answer as it came, when it was JSON. */
  readonly body: unknown;

  constructor(details: PlatformErrorDetails) {
    super([details.message, details.hint].filter(Boolean).join(' '), { cause: details.cause });
    this.code = details.code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.hint = details.hint;
    this.validationErrors = details.validationErrors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.body = details.body;
  }
}

/** 400: the request was invalid, or what it asks cannot be (`email_taken`, `invalid_credentials`, …). */
export class InvalidRequestError extends PlatformError {
  override readonly name: string = 'InvalidRequestError';
}

/** 400 `validation_error`: see `validationErrors`. */
export class ValidationError extends InvalidRequestError {
  override readonly name = 'ValidationError';
}

/** 401: the key, the client's secret or the token opens nothing. */
export class AuthenticationError extends PlatformError {
  override readonly name = 'AuthenticationError';
}

/** 402: the app is disabled, or set up incorrectly. */
export class AppDisabledError extends PlatformError {
  override readonly name = 'AppDisabledError';
}

/** 403: the key may not do this. */
export class PermissionError extends PlatformError {
  override readonly name = 'PermissionError';
}

/** 404: there is no such user or code, or the person's consent was withdrawn. */
export class NotFoundError extends PlatformError {
  override readonly name = 'NotFoundError';
}

/** 409: the Idempotency-Key belongs to another request. */
export class ConflictError extends PlatformError {
  override readonly name = 'ConflictError';
}

/** 412: somebody changed the user since its ETag was read. */
export class PreconditionFailedError extends PlatformError {
  override readonly name = 'PreconditionFailedError';
}

/** 429: `retryAfterSeconds` says when to come back. */
export class RateLimitError extends PlatformError {
  override readonly name = 'RateLimitError';
}

/** 5xx, or an answer that the platform does not give: something between here and there answered instead. */
export class ServerError extends PlatformError {
  override readonly name = 'ServerError';
}

/** No answer: refused, unresolved, cut off, an untrusted certificate. `code` is the system's, e.g. `ECONNREFUSED`. */
export class ConnectionError extends PlatformError {
  override readonly name: string = 'ConnectionError';
}

/** No whole answer within `timeoutMs`. Whether the platform acted on the request is unknown. */
export class TimeoutError extends ConnectionError {
  override readonly name = 'TimeoutError';
}

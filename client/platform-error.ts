/** One rule that one parameter breaks, e.g. `{ parameter: 'password', rule: 'min_length[8]' }`. */
export interface FailedRule {
  parameter: string;
  rule: string;
}

export interface PlatformErrorDetails {
  code: string;
  message: string;
  /** The likely mistake, and what to do about it, in English for developers. */
  hint?: string | undefined;
  /** HTTP status. Absent when there was no answer. */
  status?: number | undefined;
  requestId?: string | undefined;
  validationErrors?: readonly FailedRule[] | undefined;
  retryAfterSeconds?: number | undefined;
  body?: unknown;
  cause?: unknown;
}

/**
 * A call of the platform's API did not succeed. Each subclass has its own remedy, and `code` is the platform's stable code. The message
 * is for the log, never for the person, and contains no key, secret or password.
 */
export class PlatformError extends Error {
  override readonly name: string = 'PlatformError';
  readonly code: string;
  readonly status: number | undefined;
  /** Give it to the platform's operator when you ask for help, because the platform's log has the same id. */
  readonly requestId: string | undefined;
  readonly hint: string | undefined;
  /** Filled in for a {@link ValidationError}, and empty for all others. */
  readonly validationErrors: readonly FailedRule[];
  /** How long the platform asked you to wait, in seconds. */
  readonly retryAfterSeconds: number | undefined;
  /** The unchanged answer, when it was JSON. */
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

/** 400: the request was invalid, or cannot be fulfilled (`email_taken`, `invalid_credentials`, …). */
export class InvalidRequestError extends PlatformError {
  override readonly name: string = 'InvalidRequestError';
}

/** 400 `validation_error`: see `validationErrors`. */
export class ValidationError extends InvalidRequestError {
  override readonly name = 'ValidationError';
}

/** 401: the key, the client's secret or the token is not accepted. */
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

/** 409: the Idempotency-Key was used for another request. */
export class ConflictError extends PlatformError {
  override readonly name = 'ConflictError';
}

/** 412: the user was changed since its ETag was read. */
export class PreconditionFailedError extends PlatformError {
  override readonly name = 'PreconditionFailedError';
}

/** 429: `retryAfterSeconds` says when to try again. */
export class RateLimitError extends PlatformError {
  override readonly name = 'RateLimitError';
}

/** 5xx, or an answer that did not come from the platform but from something in between. */
export class ServerError extends PlatformError {
  override readonly name = 'ServerError';
}

/** There was no answer, e.g. because the connection was refused. `code` is the system's, e.g. `ECONNREFUSED`. */
export class ConnectionError extends PlatformError {
  override readonly name: string = 'ConnectionError';
}

/** There was no complete answer within `timeoutMs`. It is unknown whether the platform acted on the request. */
export class TimeoutError extends ConnectionError {
  override readonly name = 'TimeoutError';
}

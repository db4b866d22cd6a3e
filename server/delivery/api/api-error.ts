/** One failed rule of one parameter, as the UserStore contract writes it. */
export interface FailedRule {
  parameter: string;
  /** E.g. `required`, `min_length[8]`, `cant_match[username]`. */
  rule: string;
}

/** An answer of the user API other than success. Its message tells the vendor's developer what to do. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  /** Stable, snake_case. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  /** With `validation_error` only: its body has this exact form and no message. */
  readonly failedRules: readonly FailedRule[] | undefined;
  /** Who is refused, when the caller has proven to be an app's backend, now or before: for that app's event log. */
  readonly access: { clientId: string; keyPrefix?: string; keyEnded?: 'expired' | 'replaced' | undefined } | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      headers?: Record<string, string>;
      failedRules?: readonly FailedRule[];
      access?: ApiError['access'];
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.failedRules = more.failedRules;
    this.access = more.access;
  }
}

/** Every rule that a request's parameters break, in the order of the documentation. */
export function validationError(failedRules: readonly FailedRule[]): ApiError {
  return new ApiError(400, 'validation_error', 'Some parameters do not meet their rules.', { failedRules });
}

export function notFound(what = 'user'): ApiError {
  return new ApiError(404, 'not_found', `There is no such ${what}, or consent to share it has been withdrawn.`);
}

import type { Environment } from '@signup-with-platform/protocol';

/** One failed rule of one parameter, in the format of the UserStore contract. */
export interface FailedRule {
  parameter: string;
  /** E.g. `required`, `min_length[8]`, `cant_match[username]`. */
  rule: string;
}

/** An error of the user API. Its message tells the vendor's developer what to do. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  /** Stable, snake_case. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Only for `validation_error`, whose body has these rules in place of a message. */
  readonly failedRules: readonly FailedRule[] | undefined;
  /** The refused caller, for its app's event log. Set when the key is, or once was, a valid key of the app. */
  readonly access: { clientId: string; keyPrefix?: string; keyEnded?: 'expired' | 'replaced' | undefined } | undefined;

  /** The environment of the same app that has the user who was asked for. For its event log only. */
  readonly userEnvironment: Environment | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      headers?: Readonly<Record<string, string>>;
      failedRules?: readonly FailedRule[];
      access?: ApiError['access'];
      userEnvironment?: Environment | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.status = status;
    this.code = code;
    this.headers = more.headers ?? {};
    this.failedRules = more.failedRules;
    this.access = more.access;
    this.userEnvironment = more.userEnvironment;
  }
}

/** An error that lists every failed rule, in the order of the documentation. */
export function validationError(failedRules: readonly FailedRule[]): ApiError {
  return new ApiError(400, 'validation_error', 'Some parameters do not meet their rules.', { failedRules });
}

export function notFound(what = 'user', more: { userEnvironment?: Environment | undefined } = {}): ApiError {
  return new ApiError(404, 'not_found', `There is no such ${what}, or consent to share it has been withdrawn.`, more);
}

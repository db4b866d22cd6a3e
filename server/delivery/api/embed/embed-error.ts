import type { MessageKey } from '@signup-with-platform/messages';
import type { ApiError } from '../api-error.ts';

type CodeOf<Key> = Key extends `embed.errors.${infer Code}` ? Code : never;

/** The contract's error codes, with their statuses. */
export const EMBED_STATUS = {
  user_name_required: 400,
  user_name_invalid: 400,
  user_name_too_short: 400,
  user_name_too_long: 400,
  password_required: 400,
  password_invalid: 400,
  password_too_short: 400,
  password_too_long: 400,
  password_matches_user_name: 400,
  password_common: 400,
  first_name_invalid: 400,
  first_name_too_long: 400,
  last_name_invalid: 400,
  last_name_too_long: 400,
  language_required: 400,
  language_invalid: 400,
  invalid_json: 400,
  invalid_request: 400,
  parameter_in_query: 400,
  invalid_idempotency_key: 400,
  invalid_api_key: 401,
  invalid_credentials: 401,
  app_disabled: 402,
  read_only_key: 403,
  address_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  user_exists: 409,
  idempotency_key_reused: 409,
  request_under_way: 409,
  body_too_large: 413,
  unsupported_media_type: 415,
  too_many_attempts: 429,
  too_many_requests: 429,
  internal_error: 500,
  overloaded: 503,
  unavailable: 503,
} as const satisfies Record<CodeOf<MessageKey>, number>;

export type EmbedErrorCode = keyof typeof EMBED_STATUS;

/** Values for an error's message. */
export interface EmbedValues {
  count?: number;
  line?: number;
  column?: number;
  requestId?: string;
  parameter?: string;
}

/** An error of the contract. Its message depends on the person's language, so it is chosen when the error is sent. */
export class EmbedError extends Error {
  override name = 'EmbedError';
  readonly code: EmbedErrorCode;
  readonly status: number;
  readonly values: Readonly<EmbedValues>;
  readonly headers: Readonly<Record<string, string>>;
  /** The refused caller, for its app's event log. Set when the key is, or once was, a valid key of the app. */
  readonly access: ApiError['access'];

  constructor(
    code: EmbedErrorCode,
    values: EmbedValues = {},
    more: { headers?: Record<string, string>; access?: ApiError['access']; cause?: unknown } = {},
  ) {
    super(code, { cause: more.cause });
    this.code = code;
    this.status = EMBED_STATUS[code];
    this.values = values;
    this.headers = more.headers ?? {};
    this.access = more.access;
  }
}

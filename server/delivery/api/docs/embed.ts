import { pickLanguage } from '@signup-with-platform/messages';
import { EMBED_STATUS, type EmbedErrorCode } from '../embed/embed-error.ts';
import { forgotPasswordAnswer } from '../embed/embed-message.ts';
import type { JsonSchema } from '../validation/json-schema.ts';
import { exampleMessage } from './embed-message.ts';
import { JSON_TYPE, type Operation, type OperationAnswer } from './operation.ts';
import { EMBED_ERROR_SCHEMA } from './schemas.ts';

export const EMBED_GROUP = 'Embedded sign-up';

type Property = 'userName' | 'password' | 'firstName' | 'lastName' | 'language';

const text = { type: 'string', minLength: 1 };
const PROPERTIES: Readonly<Record<Property, JsonSchema>> = {
  userName: {
    ...text,
    description:
      'The email address or username with which the person signs in. It is stored as sent. Upper and lower case are not distinguished.',
  },
  password: { ...text, description: 'The password that the person chose.' },
  firstName: { type: 'string', description: 'First name.' },
  lastName: { type: 'string', description: 'Last name.' },
  language: {
    ...text,
    description:
      'The language on the screen, in which messages are written: a BCP 47 tag in any case, such as `nl`, `en` or `en-gb`.',
  },
};

const EXAMPLE: Readonly<Record<Property, string>> = {
  userName: 'jane.doe@example.com',
  password: 'Orchid-lamp-42',
  firstName: 'Jane',
  lastName: 'Doe',
  language: 'en',
};

const USER = {
  schema: {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', minLength: 9, description: 'The same id as in the user API.' },
      firstName: { type: 'string' },
      lastName: { type: 'string' },
      userName: { type: 'string' },
    },
    additionalProperties: false,
  },
  example: { id: 'lFVofRqhZ8KxW2mD4tQyNA', firstName: 'Jane', lastName: 'Doe', userName: 'jane.doe@example.com' },
};

/** The errors that every call may return. */
const COMMON: readonly EmbedErrorCode[] = [
  'user_name_required',
  'user_name_invalid',
  'language_required',
  'language_invalid',
  'invalid_json',
  'invalid_request',
  'parameter_in_query',
  'invalid_api_key',
  'app_disabled',
  'read_only_key',
  'address_not_allowed',
  'body_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'internal_error',
  'overloaded',
  'unavailable',
];

const HEADERS_OF_STATUS: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

interface EmbedCall {
  path: string;
  operation: string;
  summary: string;
  description: string;
  required: readonly Property[];
  optional: readonly Property[];
  idempotent?: boolean;
  status: number;
  success: { description: string; schema: Readonly<Record<string, unknown>>; example: unknown };
  /** Errors besides {@link COMMON}. */
  errors: readonly EmbedErrorCode[];
}

const CALLS: readonly EmbedCall[] = [
  {
    path: '/embed/signup',
    operation: 'embedSignup',
    summary: 'Sign somebody up',
    description:
      'For the backend of an application that shows its own sign-up form. The user belongs to your app only, ' +
      'and is separate from an account of the platform with the same address.',
    required: ['userName', 'password', 'language'],
    optional: ['firstName', 'lastName'],
    idempotent: true,
    status: 201,
    success: { description: 'The user. Names that are not known are left out.', ...USER },
    errors: [
      'user_name_too_short',
      'user_name_too_long',
      'password_required',
      'password_invalid',
      'password_too_short',
      'password_too_long',
      'password_matches_user_name',
      'password_common',
      'first_name_invalid',
      'first_name_too_long',
      'last_name_invalid',
      'last_name_too_long',
      'invalid_idempotency_key',
      'user_exists',
      'idempotency_key_reused',
      'request_under_way',
    ],
  },
  {
    path: '/embed/login',
    operation: 'embedLogin',
    summary: 'Sign somebody in',
    description: 'The answer is the same for an unknown user, an inactive user and a wrong password.',
    required: ['userName', 'password', 'language'],
    optional: [],
    status: 200,
    success: { description: 'The user. Names that are not known are left out.', ...USER },
    errors: ['password_required', 'password_invalid', 'invalid_credentials', 'too_many_attempts'],
  },
  {
    path: '/embed/forgot-password',
    operation: 'embedForgotPassword',
    summary: 'Mail somebody a code for a new password',
    description:
      'Mails a code, which your backend redeems with `POST /1/auth/reset-password`. ' +
      'The answer does not reveal whether the user exists.',
    required: ['userName', 'language'],
    optional: [],
    status: 201,
    success: {
      description: 'The text to show, in the language of the request.',
      schema: {
        type: 'object',
        required: ['header', 'body'],
        properties: { header: text, body: text },
        additionalProperties: false,
      },
      example: forgotPasswordAnswer(pickLanguage(['en'])),
    },
    errors: ['too_many_attempts'],
  },
];

/** The calls of the embedded sign-up contract that the platform answers. */
export const EMBED: readonly Operation[] = CALLS.map(operationOf);

function operationOf(call: EmbedCall): Operation {
  const names = (Object.keys(PROPERTIES) as Property[]).filter(
    (name) => call.required.includes(name) || call.optional.includes(name),
  );
  const pick = <Value>(values: Readonly<Record<Property, Value>>) =>
    Object.fromEntries(names.map((name) => [name, values[name]]));
  return {
    method: 'POST',
    path: call.path,
    operation: call.operation,
    group: EMBED_GROUP,
    summary: call.summary,
    description: call.description,
    security: 'api-key',
    parameters: call.idempotent
      ? [
          {
            name: 'Idempotency-Key',
            in: 'header',
            required: false,
            description: 'A UUID that you choose. It makes it safe to send the request again within 24 hours.',
            schema: { type: 'string', minLength: 1, maxLength: 255 },
          },
        ]
      : [],
    body: {
      contentTypes: [JSON_TYPE],
      schema: { type: 'object', required: call.required, properties: pick(PROPERTIES) },
      examples: { example: pick(EXAMPLE) },
    },
    answers: [
      {
        status: call.status,
        description: call.success.description,
        headers: [
          'RateLimit',
          'RateLimit-Policy',
          'X-Ignored-Parameters',
          ...(call.idempotent ? ['Idempotency-Replayed'] : []),
        ],
        content: { [JSON_TYPE]: { schema: call.success.schema, examples: { example: call.success.example } } },
      },
      ...errorAnswers([...COMMON, ...call.errors]),
    ],
  };
}

function errorAnswers(codes: readonly EmbedErrorCode[]): OperationAnswer[] {
  const statuses = [...new Set(codes.map((code) => EMBED_STATUS[code]))].sort((a, b) => a - b);
  return statuses.map((status) => {
    const own = Object.keys(EMBED_STATUS).filter(
      (code) => codes.includes(code as EmbedErrorCode) && EMBED_STATUS[code as EmbedErrorCode] === status,
    ) as EmbedErrorCode[];
    const { properties, ...schema } = EMBED_ERROR_SCHEMA;
    return {
      status,
      description: own.map((code) => `\`${code}\``).join(', '),
      headers: HEADERS_OF_STATUS[status] ?? [],
      codes: own,
      content: {
        [JSON_TYPE]: {
          schema: { ...schema, properties: { ...(properties as object), code: { type: 'string', enum: own } } },
          examples: Object.fromEntries(own.map((code) => [code, { message: exampleMessage(code), code }])),
        },
      },
    };
  });
}

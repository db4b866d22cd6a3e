import { z } from 'zod';
import type { ApiRoute } from '../route.ts';
import { API_ROUTES } from '../routes.ts';
import { USER_SCHEMA } from '../users/user-body.ts';
import type { JsonSchema } from '../validation/json-schema.ts';
import { schemaOf } from '../validation/parameters.ts';
import { ERROR_CATALOGUE } from './error-catalogue.ts';
import { exampleOf } from './example-values.ts';
import {
  FORM_TYPE,
  JSON_TYPE,
  type Operation,
  type OperationAnswer,
  type OperationBody,
  type OperationParameter,
  PROBLEM_TYPE,
} from './operation.ts';
import { ERROR_SCHEMA, PROBLEM_SCHEMA, VALIDATION_ERROR_SCHEMA } from './schemas.ts';

const USER_API_BASE = '/1';
export const QUOTA_HEADERS = ['RateLimit', 'RateLimit-Policy'];
const GROUPS: Readonly<Record<string, string>> = {
  users: 'Users',
  auth: 'Signing in',
  tokens: 'Tokens',
  events: 'Events',
  sandbox: 'Sandbox mail',
};

/** What `:id` is, by the first part of a path. */
const PATH_PARAMETERS: Readonly<Record<string, string>> = {
  users: 'The user’s id, which is the `sub` of the credential.',
  tokens: 'The token.',
  sandbox: 'The mail’s id.',
};

/** The calls of the user API, described from the definitions that route and validate them. */
export function userApiOperations(routes: readonly ApiRoute[] = API_ROUTES): Operation[] {
  return routes.map(operationOf);
}

function operationOf(route: ApiRoute): Operation {
  const body = route.parameters && bodyOf(schemaOf(route.parameters));
  return {
    method: route.method,
    path: `${USER_API_BASE}${route.path.replaceAll(/:(\w+)/g, '{$1}')}`,
    operation: route.operation,
    group: GROUPS[route.path.split('/')[1] ?? ''] ?? 'More',
    summary: route.summary,
    ...(route.description && { description: route.description }),
    security: 'any',
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(body && { body }),
    answers: [...successes(route), ...errorsOf(route)],
  };
}

function bodyOf(schema: JsonSchema): OperationBody {
  return { contentTypes: [JSON_TYPE, FORM_TYPE], schema, examples: { example: exampleOf(schema) } };
}

function pathParameters({ path }: ApiRoute): OperationParameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_PARAMETERS[path.split('/')[1] ?? ''] ?? '',
    schema: { type: 'string', minLength: 1 },
  }));
}

/** Those of a query, from the schema that reads it. */
export function queryParameters({ query }: Pick<ApiRoute, 'query'>): OperationParameter[] {
  if (!query) return [];
  const schema = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, { description, ...property }]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    description: typeof description === 'string' ? description : '',
    schema: property,
  }));
}

/** Alternative answers of a call: listUsers returns a single user when it is asked for an email address or username. */
const ALTERNATIVES: Readonly<Record<string, JsonSchema>> = { listUsers: USER_SCHEMA };

/** Whether a call answers 304 by `If-None-Match`, or 412 by `If-Match`. */
const answersConditionally = ({ method, path }: ApiRoute) => method === 'GET' && path.startsWith('/users');
const refusesConditionally = ({ errors }: ApiRoute) => errors[412] !== undefined;

function headerParameters(route: ApiRoute): OperationParameter[] {
  const header = (name: string, description: string, schema: JsonSchema = { type: 'string' }): OperationParameter[] => [
    { name, in: 'header', required: false, description, schema },
  ];
  return [
    ...(route.idempotent
      ? header(
          'Idempotency-Key',
          'A UUID that you choose. It makes it safe to send the request again within 24 hours.',
          {
            type: 'string',
            minLength: 1,
            maxLength: 255,
          },
        )
      : []),
    ...(answersConditionally(route)
      ? header('If-None-Match', 'An ETag that you have. You get 304 if the user has not changed.')
      : []),
    ...(refusesConditionally(route)
      ? header('If-Match', 'The ETag that you read. You get 412 if the user has changed since.')
      : []),
  ];
}

function successes(route: ApiRoute): OperationAnswer[] {
  const { description, schema } = route.answer;
  const alternative = ALTERNATIVES[route.operation];
  const examples = {
    example: exampleOf(schema),
    ...(alternative && { 'with email or username': exampleOf(alternative) }),
  };
  const conditional = answersConditionally(route) || (refusesConditionally(route) && route.method !== 'DELETE');
  const headers = [
    ...QUOTA_HEADERS,
    ...(conditional ? ['ETag'] : []),
    ...(route.method === 'GET' && JSON.stringify(schema).includes('has_more') ? ['Link'] : []),
    ...(route.idempotent ? ['Idempotency-Replayed'] : []),
    ...(route.parameters ? ['X-Ignored-Parameters'] : []),
  ];
  return [
    {
      status: 200,
      description,
      headers,
      content: { [JSON_TYPE]: { schema: alternative ? { anyOf: [schema, alternative] } : schema, examples } },
    },
    ...(answersConditionally(route)
      ? [
          {
            status: 304,
            description: 'You already have the current version. No body.',
            headers: [...QUOTA_HEADERS, 'ETag'],
          },
        ]
      : []),
  ];
}

/** The errors that every call may return, and those that this call adds. */
function errorsOf(route: ApiRoute): OperationAnswer[] {
  const takesBody = route.parameters !== undefined;
  const codes: Record<number, readonly string[]> = {
    400: [
      'invalid_request',
      // A body is parsed first, even when the call needs none.
      ...(route.method === 'GET' ? [] : ['invalid_json']),
      ...(takesBody ? ['validation_error'] : []),
      ...(route.idempotent ? ['invalid_idempotency_key'] : []),
    ],
    401: ['missing_api_key', 'invalid_api_key', 'invalid_authorization', 'invalid_token'],
    402: ['app_disabled'],
    403: ['address_not_allowed', ...(route.rights === 'write' ? ['read_only_key'] : [])],
    ...(route.idempotent && { 409: ['idempotency_key_reused', 'request_under_way'] }),
    ...(route.method !== 'GET' && { 413: ['body_too_large'], 415: ['unsupported_media_type'] }),
    429: ['too_many_requests'],
    500: ['internal_error'],
    503: ['unavailable', 'overloaded'],
  };
  for (const [status, own] of Object.entries(route.errors)) {
    codes[Number(status)] = [...new Set([...(codes[Number(status)] ?? []), ...(own ?? [])])];
  }
  return Object.entries(codes).map(([status, names]) => errorAnswer(Number(status), names));
}

const HEADERS_OF_STATUS: Readonly<Record<number, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  429: [...QUOTA_HEADERS, 'Retry-After'],
  503: ['Retry-After'],
};

/** @param remedyOf what to do about a code */
export function errorAnswer(
  status: number,
  codes: readonly string[],
  remedyOf = (code: string) => ERROR_CATALOGUE[code]?.remedy,
): OperationAnswer {
  const plain = codes.filter((code) => code !== 'validation_error');
  const narrowed = { ...ERROR_SCHEMA, properties: { ...properties(ERROR_SCHEMA), ...exactly(status, plain) } };
  const schemas = [
    ...(plain.length > 0 ? [narrowed] : []),
    ...(plain.length < codes.length ? [VALIDATION_ERROR_SCHEMA] : []),
  ];
  const [first, second] = schemas;
  return {
    status,
    description: codes.map((code) => `\`${code}\``).join(', '),
    headers: HEADERS_OF_STATUS[status] ?? [],
    codes,
    content: {
      [JSON_TYPE]: {
        schema: second ? { oneOf: schemas } : (first ?? ERROR_SCHEMA),
        examples: Object.fromEntries(codes.map((code) => [code, exampleError(status, code, remedyOf(code))])),
      },
      [PROBLEM_TYPE]: { schema: PROBLEM_SCHEMA, examples: {} },
    },
  };
}

const properties = (schema: JsonSchema) => schema['properties'] as Record<string, JsonSchema>;
const exactly = (status: number, codes: readonly string[]) => ({
  error: { type: 'string', enum: codes },
  status: { type: 'integer', const: status },
});

function exampleError(status: number, code: string, remedy: string | undefined): unknown {
  if (code === 'validation_error') return exampleOf(VALIDATION_ERROR_SCHEMA);
  return {
    error: code,
    status,
    message: remedy ?? 'See the documentation of this code.',
  };
}

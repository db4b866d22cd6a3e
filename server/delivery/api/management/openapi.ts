import { exampleOf } from '../docs/example-values.ts';
import { type DocumentKind, openApiDocument } from '../docs/openapi.ts';
import { JSON_TYPE, type Operation, type OperationAnswer, type OperationParameter } from '../docs/operation.ts';
import { ERROR_SCHEMA, PROBLEM_SCHEMA } from '../docs/schemas.ts';
import { errorAnswer, QUOTA_HEADERS, queryParameters } from '../docs/user-api.ts';
import { ACCOUNT_SCHEMA } from './accounts/account-body.ts';
import { APP_SCHEMA } from './apps/app-body.ts';
import { MANAGEMENT_ERRORS } from './error-catalogue.ts';
import { IMPORT_SCHEMA } from './imports/import-body.ts';
import { MANAGEMENT_BASE, type ManagementRoute } from './route.ts';
import { MANAGEMENT_ROUTES } from './routes.ts';

const FOR_OPERATORS: DocumentKind = {
  title: (platform) => `${platform} management API`,
  description: (platform) => `The API of ${platform} for its operator’s own backend.`,
  securitySchemes: {
    managementKey: { type: 'http', scheme: 'bearer', description: 'A management key: mk_live_… or mk_test_….' },
    managementKeyHeader: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'The same key.' },
  },
  security: { any: [], 'api-key': [{ managementKey: [] }, { managementKeyHeader: [] }], none: [] },
  schemas: {
    Account: ACCOUNT_SCHEMA,
    App: APP_SCHEMA,
    Import: IMPORT_SCHEMA,
    Error: ERROR_SCHEMA,
    Problem: PROBLEM_SCHEMA,
  },
};

const ID_OF_GROUP: Readonly<Record<ManagementRoute['group'], string>> = {
  Accounts: 'The account’s id.',
  Imports: 'The import’s id.',
  'Sandbox apps': 'The app’s id.',
};

/** The OpenAPI document of the management API, made of the table that routes its calls. */
export function managementDocument(platform: Parameters<typeof openApiDocument>[1]): Record<string, unknown> {
  return openApiDocument(MANAGEMENT_OPERATIONS, platform, FOR_OPERATORS);
}

export const MANAGEMENT_OPERATIONS: readonly Operation[] = MANAGEMENT_ROUTES.map((route) => ({
  method: route.method,
  path: `${MANAGEMENT_BASE}${route.path.replaceAll(/:(\w+)/g, '{$1}')}`,
  operation: route.operation,
  group: route.group,
  summary: route.summary,
  description: [route.description, `Needs the scope \`${route.scope}\`.`].filter(Boolean).join(' '),
  security: 'api-key',
  parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
  ...(route.body && {
    body: {
      contentTypes: [route.body.contract ? 'multipart/form-data' : JSON_TYPE],
      schema: route.body.schema,
      examples: route.body.example === undefined ? {} : { example: route.body.example },
    },
  }),
  answers: [...successes(route), ...errorsOf(route)],
}));

function pathParameters({ path, group }: ManagementRoute): OperationParameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: ID_OF_GROUP[group],
    schema: { type: 'string', minLength: 1 },
  }));
}

function headerParameters({ idempotent, answer, method, errors }: ManagementRoute): OperationParameter[] {
  const header = (name: string, description: string, maxLength = 1_000): OperationParameter => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string', minLength: 1, maxLength },
  });
  return [
    ...(idempotent
      ? [
          header(
            'Idempotency-Key',
            'A UUID that you choose. With it, the request can be sent again within 24 hours.',
            255,
          ),
        ]
      : []),
    ...(answer.hasETag && method === 'GET'
      ? [header('If-None-Match', 'An ETag that you have. You get 304 if nothing has changed.')]
      : []),
    ...(errors[412] ? [header('If-Match', 'The ETag that you read. You get 412 if it has changed since.')] : []),
  ];
}

function successes({ answer, method, idempotent, path }: ManagementRoute): OperationAnswer[] {
  const { status = 200, description, schema, hasETag } = answer;
  const headers = [
    ...QUOTA_HEADERS,
    ...(hasETag ? ['ETag'] : []),
    ...(idempotent ? ['Idempotency-Replayed'] : []),
    ...(path === '/accounts' && method === 'GET' ? ['Link'] : []),
  ];
  const content = schema && { [JSON_TYPE]: { schema, examples: { example: exampleOf(schema) } } };
  return [
    { status, description, headers, ...(content && { content }) },
    ...(hasETag && method === 'GET'
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
function errorsOf({ method, idempotent, errors }: ManagementRoute): OperationAnswer[] {
  const takesBody = method !== 'GET';
  const codes: Record<number, readonly string[]> = {
    400: [
      'invalid_request',
      ...(takesBody ? ['invalid_json'] : []),
      ...(idempotent ? ['invalid_idempotency_key'] : []),
    ],
    401: ['missing_management_key', 'invalid_management_key'],
    403: ['address_not_allowed', 'missing_scope'],
    ...(idempotent && { 409: ['idempotency_key_reused', 'request_under_way'] }),
    ...(takesBody && { 413: ['body_too_large'], 415: ['unsupported_media_type'] }),
    429: ['too_many_requests'],
    500: ['internal_error'],
    503: ['unavailable', 'overloaded'],
  };
  for (const [status, own] of Object.entries(errors))
    codes[Number(status)] = [...new Set([...(codes[Number(status)] ?? []), ...(own ?? [])])];
  return Object.entries(codes).map(([status, names]) =>
    errorAnswer(Number(status), names, (code) => MANAGEMENT_ERRORS[code]),
  );
}

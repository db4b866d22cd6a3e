import { WEBHOOK_EVENT_TYPES } from '@signup-with-platform/protocol';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import { jsonSchemaOf } from '#domain/claims/own-field.ts';
import { USER_SCHEMA } from '../users/user-body.ts';
import type { JsonSchema } from '../validation/json-schema.ts';
import {
  WEBHOOK_DESCRIPTION,
  WEBHOOK_PARAMETERS,
  WEBHOOK_SUMMARIES,
  webhookSchemaName,
} from '../webhooks/event-body.ts';
import { HEADERS } from './headers.ts';
import type { Media, Operation, OperationAnswer, OperationParameter, Security } from './operation.ts';
import { FIELD_SCHEMA, NAMED_SCHEMAS, OWN_CLAIMS_SCHEMA } from './schemas.ts';

type Members = Record<string, unknown>;

const SECURITY_SCHEMES = {
  secretKeyBasic: {
    type: 'http',
    scheme: 'basic',
    description: 'The secret key as the user name, with an empty password.',
  },
  secretKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'The secret key.' },
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The token of external_login, valid for one hour.',
  },
} as const;

const SECURITY: Readonly<Record<Security, readonly Members[]>> = {
  any: [{ secretKeyBasic: [] }, { secretKey: [] }, { accessToken: [] }],
  'api-key': [{ secretKey: [] }],
  none: [],
};

/** Whose API a document describes. */
export interface DocumentKind {
  title(platform: string): string;
  description(platform: string): string;
  /** The page about it, below the platform's URL. Absent where the platform serves none. */
  readonly page?: string;
  readonly securitySchemes: Members;
  readonly security: Readonly<Record<Security, readonly Members[]>>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

const FOR_VENDORS: DocumentKind = {
  title: (platform) => `${platform} API`,
  description: (platform) => `The API of ${platform} for vendors’ backends.`,
  page: '/docs/api',
  securitySchemes: SECURITY_SCHEMES,
  security: SECURITY,
  schemas: NAMED_SCHEMAS,
};

/** Makes an OpenAPI 3.1 document of the calls. @param platform its public name and URL */
export function openApiDocument(
  operations: readonly Operation[],
  platform: { name: string; publicUrl: string; fields: FieldCatalogue },
  kind = FOR_VENDORS,
): Members {
  const page = kind.page === undefined ? undefined : platform.publicUrl + kind.page;
  return {
    openapi: '3.1.1',
    info: {
      title: kind.title(platform.name),
      version: '1',
      description: [kind.description(platform.name), page && `Documentation: ${page}.`].filter(Boolean).join(' '),
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: platform.publicUrl }],
    ...(page !== undefined && { externalDocs: { url: page } }),
    tags: [...new Set(operations.map(({ group }) => group))].map((name) => ({ name })),
    paths: pathsOf(operations, kind),
    ...(kind === FOR_VENDORS && { webhooks: webhooksOf() }),
    components: {
      securitySchemes: kind.securitySchemes,
      schemas: Object.fromEntries(
        Object.entries(kind.schemas).map(([name, schema]) => [
          name,
          withReferences(withOwnFields(schema, platform.fields), kind, schema),
        ]),
      ),
      headers: Object.fromEntries(Object.entries(HEADERS)),
    },
  };
}

/** What the platform calls, in the other direction: one entry for each type of event. */
function webhooksOf(): Members {
  return Object.fromEntries(
    WEBHOOK_EVENT_TYPES.map((type) => [
      type,
      {
        post: {
          operationId: `on ${type}`.replaceAll(/[ ._](\w)/g, (_, letter: string) => letter.toUpperCase()),
          summary: WEBHOOK_SUMMARIES[type],
          description: WEBHOOK_DESCRIPTION,
          security: [],
          parameters: WEBHOOK_PARAMETERS.map((parameter) => ({ ...parameter, in: 'header', required: true })),
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: `#/components/schemas/${webhookSchemaName(type)}` } } },
          },
          responses: {
            '2XX': { description: 'Delivered.' },
            '410': { description: 'The endpoint wants nothing more, and is disabled.' },
            default: { description: 'Sent again later, for three days.' },
          },
        },
      },
    ]),
  );
}

function pathsOf(operations: readonly Operation[], kind: DocumentKind): Members {
  const paths: Record<string, Members> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: operationObject(operation, kind),
    };
  }
  return paths;
}

function operationObject(operation: Operation, kind: DocumentKind): Members {
  const { body } = operation;
  return {
    operationId: operation.operation,
    tags: [operation.group],
    summary: operation.summary,
    ...(operation.description && { description: operation.description }),
    security: kind.security[operation.security],
    ...(operation.parameters.length > 0 && { parameters: operation.parameters.map(parameterObject) }),
    ...(body && {
      requestBody: {
        required: Array.isArray(body.schema['required']),
        content: Object.fromEntries(body.contentTypes.map((type) => [type, mediaObject(body, kind)])),
      },
    }),
    responses: Object.fromEntries(
      operation.answers.map((answer) => [String(answer.status), responseObject(answer, kind)]),
    ),
  };
}

function parameterObject({ name, in: place, required, description, schema }: OperationParameter): Members {
  return { name, in: place, required, ...(description && { description }), schema };
}

function responseObject({ description, headers, content }: OperationAnswer, kind: DocumentKind): Members {
  const names = ['X-Request-Id', ...headers];
  return {
    description,
    headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
    ...(content && {
      content: Object.fromEntries(Object.entries(content).map(([type, media]) => [type, mediaObject(media, kind)])),
    }),
  };
}

function mediaObject({ schema, examples }: Media, kind: DocumentKind): Members {
  const entries = Object.entries(examples);
  return {
    schema: withReferences(schema, kind),
    ...(entries.length > 0 && {
      examples: Object.fromEntries(entries.map(([name, value]) => [name.replaceAll(' ', '_'), { value }])),
    }),
  };
}

/** Replaces each named schema by a reference. @param self the named schema that is being defined, which is not replaced */
function withReferences(value: unknown, kind: DocumentKind, self?: JsonSchema): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value !== self) {
    const named = Object.entries(kind.schemas).find(([, schema]) => schema === value);
    if (named) return { $ref: `#/components/schemas/${named[0]}` };
  }
  if (Array.isArray(value)) return value.map((item) => withReferences(item, kind));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withReferences(member, kind)]));
}

/** Adds the fields that the operator has added to the schemas that are made of fields. */
function withOwnFields(schema: JsonSchema, { own, fields }: FieldCatalogue): JsonSchema {
  const withProperties = (change: (schema: JsonSchema) => JsonSchema) => {
    const added = Object.fromEntries(own.map((field) => [field.name, change(jsonSchemaOf(field))]));
    return { ...schema, properties: { ...Object(schema['properties']), ...added } };
  };
  switch (schema) {
    case USER_SCHEMA:
      return withProperties((each) => each);
    case OWN_CLAIMS_SCHEMA:
      return withProperties(orNull);
    case FIELD_SCHEMA:
      return { ...schema, enum: fields };
    default:
      return schema;
  }
}

function orNull({ description, ...schema }: JsonSchema): JsonSchema {
  return { description, anyOf: [schema, { type: 'null' }] };
}

import { FIELDS } from '@signup-with-platform/protocol';
import { EVENT_SCHEMA } from '../events/event-body.ts';
import { MAIL_SCHEMA } from '../sandbox/mail-body.ts';
import { USER_SCHEMA } from '../users/user-body.ts';
import type { JsonSchema } from '../validation/json-schema.ts';
import { WEBHOOK_SCHEMAS } from '../webhooks/event-body.ts';

/** An error of the user API. */
export const ERROR_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['error', 'status', 'message'],
  properties: {
    error: { type: 'string', pattern: '^[a-z_]+$', description: 'A stable code, to compare in programs.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    message: { type: 'string', description: 'Tells the developer what to do.' },
  },
  additionalProperties: false,
};

export const VALIDATION_ERROR_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['error', 'status', 'validation_error'],
  properties: {
    error: { type: 'string', const: 'validation_error' },
    status: { type: 'integer', const: 400 },
    validation_error: {
      type: 'array',
      minItems: 1,
      description: 'Every failed rule, in the order of the documentation: first by parameter, then by rule.',
      items: {
        type: 'object',
        required: ['parameter', 'rule'],
        properties: { parameter: { type: 'string' }, rule: { type: 'string' } },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
  examples: [
    {
      error: 'validation_error',
      status: 400,
      validation_error: [
        { parameter: 'email', rule: 'required' },
        { parameter: 'password', rule: 'min_length[8]' },
        { parameter: 'password', rule: 'cant_match[username]' },
      ],
    },
  ],
};

/** An error in the format that `Accept: application/problem+json` asks for. */
export const PROBLEM_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'RFC 9457.',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', format: 'uri' },
    validation_error: (VALIDATION_ERROR_SCHEMA['properties'] as Record<string, JsonSchema>)['validation_error'],
  },
};

/** An error of external_login. `data` contains `error`, or a list of messages for each field, whose name is in brackets. */
export const EXTERNAL_LOGIN_ERROR_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['code', 'message', 'data'],
  properties: {
    code: { type: 'integer', description: 'The HTTP status.' },
    message: { type: 'string', const: 'fail' },
    data: {
      type: 'object',
      minProperties: 1,
      properties: { error: { type: 'string' } },
      patternProperties: { '^\\[\\w+\\]$': { type: 'array', minItems: 1, items: { type: 'string' } } },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

/** An error of the embedded sign-up contract. */
export const EMBED_ERROR_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['message', 'code'],
  properties: {
    message: {
      type: 'string',
      minLength: 1,
      description: 'For the person on the screen, in the language of the request.',
    },
    code: { type: 'string', pattern: '^[a-z_]+$', description: 'A stable code.' },
  },
  additionalProperties: false,
};

/** Values of the fields that a platform's operator has added; each document has those of its own platform. */
export const OWN_CLAIMS_SCHEMA: JsonSchema = {
  type: 'object',
  description: 'The platform’s own fields; null where the account has no value.',
  properties: {},
  additionalProperties: false,
};

/** The name of a field; those of a platform's operator are in the document of that platform. */
export const FIELD_SCHEMA: JsonSchema = { type: 'string', enum: FIELDS };

/** Schemas with a name in the document. A reference replaces every use of these objects. */
export const NAMED_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  User: USER_SCHEMA,
  Event: EVENT_SCHEMA,
  SandboxMail: MAIL_SCHEMA,
  Error: ERROR_SCHEMA,
  ValidationError: VALIDATION_ERROR_SCHEMA,
  Problem: PROBLEM_SCHEMA,
  ExternalLoginError: EXTERNAL_LOGIN_ERROR_SCHEMA,
  EmbedError: EMBED_ERROR_SCHEMA,
  ...WEBHOOK_SCHEMAS,
};

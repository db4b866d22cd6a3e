import type { JsonSchema } from '../../validation/json-schema.ts';
import { ACCOUNT_SCHEMA } from './account-body.ts';

const PROPERTIES = ACCOUNT_SCHEMA['properties'] as Readonly<Record<string, JsonSchema>>;
/** What no caller sets: it is made of the rest, or has a call of its own. */
const READ_ONLY = ['id', 'name', 'has_password', 'deletion_due_at', 'updated_at'];

const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(PROPERTIES).filter(([name]) => !names.includes(name)));

/** The documentation of what `domain/import/person.ts` reads. */
export const CREATE_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...without(...READ_ONLY),
    password_hash: {
      type: ['string', 'object', 'null'],
      description:
        'A password as another system has hashed it, in the forms of an import. Without it, people sign in by a mailed code.',
      examples: ['$2b$10$84R1ZrJK4HS5GJ8SkbIdMeVoKfoVlRUkFw504n7mMUeerkzWCsqO.'],
    },
    created_at: {
      type: ['string', 'null'],
      format: 'date-time',
      description: 'When the person registered elsewhere. Default: now.',
    },
    identities: {
      type: 'array',
      maxItems: 10,
      description: 'Who the person is at other logins of this platform.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['issuer', 'subject'],
        properties: { issuer: { type: 'string' }, subject: { type: 'string' }, email: { type: 'string' } },
      },
    },
    claims: { type: ['object', 'null'], description: 'The platform’s own claims.' },
  },
};

/** The documentation of what `domain/management/account-changes.ts` reads. */
export const PATCH_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    ...without(...READ_ONLY, 'external_id', 'phone_number_verified', 'blocked', 'created_at'),
    email: {
      type: 'string',
      description: 'Another address. Say with `email_verified` whether you have proven that it is theirs.',
    },
  },
};

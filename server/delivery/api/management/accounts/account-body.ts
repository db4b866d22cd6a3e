import { hash } from 'node:crypto';
import { FIELDS } from '@signup-with-platform/protocol';
import { FIELD_DESCRIPTORS } from '#domain/claims/fields.ts';
import type { FoundAccount } from '#storage/account-search.ts';
import type { ApiAnswer } from '../../route.ts';
import { namesTag } from '../../users/entity-tags.ts';
import type { JsonSchema } from '../../validation/json-schema.ts';

const text = (description: string, example: string): JsonSchema => ({
  type: ['string', 'null'],
  description,
  examples: [example],
});
const time = (description: string): JsonSchema => ({ type: ['string', 'null'], format: 'date-time', description });

/** An account as the operator's backend sees it. Names are those of an import, so that one code writes both. */
export const ACCOUNT_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['id', 'external_id', 'email', 'email_verified', 'has_password', 'blocked', 'created_at', 'updated_at'],
  properties: {
    id: {
      type: 'string',
      description: 'The account’s id. Vendors see another one each.',
      examples: ['lFVofRqhZ8KxW2mD4tQyNA'],
    },
    external_id: text('The id in your own system, or in the one that the person came from.', 'u-1001'),
    email: text('The email address.', 'jane.doe@example.com'),
    email_verified: { type: 'boolean', description: 'Whether the person, or you, have proven that it is theirs.' },
    name: text('First and last name, to show.', 'Jane Doe'),
    given_name: text('First name.', 'Jane'),
    family_name: text('Last name.', 'Doe'),
    phone_number: text('E.164.', '+31205550101'),
    phone_number_verified: {
      type: 'boolean',
      description: 'Whether the system that the person came from has verified it.',
    },
    address: {
      type: ['object', 'null'],
      description: 'The default address (OpenID Connect Core 1.0 section 5.1.1).',
      properties: Object.fromEntries(
        ['formatted', 'street_address', 'postal_code', 'locality', 'region', 'country'].map((part) => [
          part,
          { type: 'string' },
        ]),
      ),
      examples: [{ street_address: '12 Canal Street', postal_code: '1012 AB', locality: 'Amsterdam', country: 'NL' }],
    },
    birthdate: text('`YYYY-MM-DD`.', '1990-05-17'),
    locale: text('BCP 47.', 'nl-NL'),
    picture: text('URL.', 'https://id.example/pictures/lFVofRqhZ8KxW2mD4tQyNA'),
    has_password: { type: 'boolean', description: 'Whether the person can sign in with a password.' },
    blocked: { type: 'boolean' },
    deletion_due_at: time('When the account is deleted, because that was requested.'),
    created_at: { type: 'string', format: 'date-time' },
    updated_at: { type: 'string', format: 'date-time' },
  },
};

export function accountBody({ account, externalId, verifiedPhoneNumber }: FoundAccount): Record<string, unknown> {
  const claims = Object.assign({}, ...FIELDS.map((field) => FIELD_DESCRIPTORS[field].claims(account)));
  const known = Object.entries<unknown>(claims).map(([name, value]) => [name, value === '' ? null : (value ?? null)]);
  return {
    id: account.id,
    external_id: externalId ?? null,
    ...Object.fromEntries(known),
    email_verified: account.emailVerified,
    phone_number_verified: account.phoneNumber !== undefined && account.phoneNumber === verifiedPhoneNumber,
    has_password: account.passwordHash !== undefined,
    blocked: account.blocked,
    deletion_due_at: account.deletionDueAt?.toISOString() ?? null,
    created_at: account.createdAt.toISOString(),
    updated_at: account.updatedAt.toISOString(),
  };
}

/** Equal tags mean equal accounts (RFC 9110 section 8.8.1). */
export function etagOf(body: Record<string, unknown>): string {
  return `"${hash('sha256', JSON.stringify(body), 'base64url').slice(0, 22)}"`;
}

export function accountAnswer(found: FoundAccount, status = 200): ApiAnswer {
  const body = accountBody(found);
  return { status, body, headers: { etag: etagOf(body) } };
}

/** 304 without a body when the caller has that version already (RFC 9110 section 13.1.2). */
export function conditionalAnswer(found: FoundAccount, ifNoneMatch: string | undefined): ApiAnswer {
  const answer = accountAnswer(found);
  const { etag = '' } = answer.headers ?? {};
  return ifNoneMatch !== undefined && namesTag(ifNoneMatch, etag)
    ? { status: 304, body: undefined, headers: { etag } }
    : answer;
}

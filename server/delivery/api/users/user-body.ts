import {
  CLAIM_FORMATS,
  CLAIMS,
  CLAIMS_OF_CONTRACT,
  type Claim,
  formatOf,
  type User,
} from '@signup-with-platform/protocol';
import type { ToldClaims } from '#domain/claims/catalogue.ts';
import { priorConsent } from '#domain/consent/consent-request.ts';
import type { AppUser } from '#storage/app-users.ts';
import type { ApiCall } from '../route.ts';
import type { JsonSchema } from '../validation/json-schema.ts';

/** Who asks, and what fields the platform has. */
export type Caller = Pick<ApiCall, 'context' | 'access'>;

/**
 * The body of a user. For users whom the vendor created it contains what the vendor stored. For users who came through the popup it
 * contains only the granted claims, with the account's current values.
 */
export function userBody(user: AppUser, call: Caller): User {
  const shared = user.linked ? sharedClaims(user.linked, call) : undefined;
  const updatedAt =
    user.linked && user.linked.account.updatedAt > user.updatedAt ? user.linked.account.updatedAt : user.updatedAt;
  return {
    id: user.id,
    email: (shared ? shared.email : user.email) ?? null,
    username: user.username ?? null,
    first_name: (shared ? shared.given_name : user.firstName) ?? null,
    last_name: (shared ? shared.family_name : user.lastName) ?? null,
    roles: user.roles,
    is_active: user.active,
    is_email_verified: shared ? shared.email_verified === true : user.emailVerified,
    last_signin: user.lastSigninAt?.toISOString() ?? null,
    created_at: user.createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
    ...(shared && otherClaims(shared)),
  };
}

function otherClaims(shared: ToldClaims): Partial<User> {
  return Object.fromEntries(Object.entries(shared).filter(([claim]) => !Object.hasOwn(CLAIMS_OF_CONTRACT, claim)));
}

/** The claims that the person agreed to share with this app, with their current values. */
export function sharedClaims(
  { account, grant }: NonNullable<AppUser['linked']>,
  { context: { fields }, access }: Caller,
): ToldClaims {
  const { granted } = priorConsent(grant);
  const withheld = fields.withheldFrom(access);
  const claims = Object.entries(fields.claimsOfAccount(account));
  return Object.fromEntries(claims.filter(([claim]) => granted.has(claim as Claim) && !withheld.includes(claim)));
}

const nullableText = { type: ['string', 'null'] };
export const USER_SCHEMA: JsonSchema = {
  type: 'object',
  description: `A user. Of one who came through the popup, only what was agreed to is shown (${CLAIMS.join(', ')}).`,
  required: [
    'id',
    'email',
    'username',
    'first_name',
    'last_name',
    'roles',
    'is_active',
    'is_email_verified',
    'last_signin',
    'created_at',
    'updated_at',
  ],
  properties: {
    id: { type: 'string', minLength: 9, description: 'Also the `sub` of the credential.' },
    email: { ...nullableText, format: 'email' },
    username: nullableText,
    first_name: nullableText,
    last_name: nullableText,
    roles: { type: 'array', items: { type: 'string' } },
    is_active: { type: 'boolean' },
    is_email_verified: { type: 'boolean' },
    last_signin: { ...nullableText, format: 'date-time' },
    created_at: { type: 'string', format: 'date-time' },
    updated_at: { type: 'string', format: 'date-time' },
    ...Object.fromEntries(
      CLAIMS.filter((claim) => !Object.hasOwn(CLAIMS_OF_CONTRACT, claim)).map((claim) => [
        claim,
        CLAIM_FORMATS[formatOf(claim)].schema,
      ]),
    ),
  },
};

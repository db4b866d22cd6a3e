import { FIELDS, type UserClaims } from '@signup-with-platform/protocol';
import type { Account } from '../../storage/accounts.ts';
import { FIELD_DESCRIPTORS } from './fields.ts';

/** All claims that an account has a value for. */
export function accountClaims(account: Account): UserClaims {
  const claims = FIELDS.flatMap((field) => Object.entries(FIELD_DESCRIPTORS[field].claims(account)));
  return Object.fromEntries(claims.filter(([, value]) => value !== undefined && value !== ''));
}

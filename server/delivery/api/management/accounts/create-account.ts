import { type CreatedAccount, createAccount as create } from '#domain/management/create-account.ts';
import { ApiError } from '../../api-error.ts';
import { audit } from '../audit.ts';
import { invalid, membersOf } from '../json-of.ts';
import type { ManagementRoute } from '../route.ts';
import { ACCOUNT_SCHEMA, accountAnswer } from './account-body.ts';
import { CREATE_SCHEMA } from './account-schemas.ts';
import { noAccount } from './find-account.ts';

const TAKEN: Readonly<Record<Exclude<CreatedAccount['outcome'], 'created' | 'invalid'>, string>> = {
  external_id_taken: 'An account with this external_id exists. Search for it, and change it by PATCH.',
  email_taken: 'Another account has this address. Search for it, and change it by PATCH.',
  identity_taken: 'One of the identities opens another account.',
  passkey_taken: 'One of the passkeys opens another account.',
};

export const createAccount: ManagementRoute = {
  method: 'POST',
  path: '/accounts',
  operation: 'createAccount',
  group: 'Accounts',
  summary: 'Create an account',
  description:
    'The body is a row of an import, whose `id` is called `external_id` here. One of `external_id` and `email` is required. No mail is sent.',
  scope: 'accounts:write',
  body: {
    schema: CREATE_SCHEMA,
    example: {
      external_id: 'u-1001',
      email: 'jane.doe@example.com',
      email_verified: true,
      given_name: 'Jane',
      family_name: 'Doe',
      phone_number: '+31205550101',
      address: { street_address: '12 Canal Street', postal_code: '1012 AB', locality: 'Amsterdam', country: 'NL' },
      birthdate: '1990-05-17',
      locale: 'nl-NL',
    },
  },
  idempotent: true,
  answer: { status: 201, description: 'The new account.', schema: ACCOUNT_SCHEMA, hasETag: true },
  errors: { 409: ['external_id_taken', 'email_taken', 'identity_taken', 'passkey_taken'] },
  handle: async (call) => {
    const { context, key } = call;
    const { external_id: id, ...members } = membersOf(call.body);
    if ('id' in members) throw invalid('id: not known; the id in your own system is external_id, and ours is made');
    const created = await create(context, { ...members, id }, `management-key:${key.id}`);
    if (created.outcome === 'invalid') throw invalid(asOurs(created.reason));
    if (created.outcome !== 'created') throw new ApiError(409, created.outcome, TAKEN[created.outcome]);
    await audit({ ...call, storage: context.storage }, 'account.created', `account:${created.id}`);
    const found = await context.rows.accountSearch.find(created.id);
    if (!found) throw noAccount();
    return accountAnswer(found, 201);
  },
};

/** In the words of this call. */
function asOurs(reason: string): string {
  return reason.replace(/^id(?=:)/, 'external_id').replace('needs an id or', 'needs an external_id or');
}

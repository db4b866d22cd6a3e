import { changeAccount } from '#domain/management/change-account.ts';
import { ApiError } from '../../api-error.ts';
import { namesTag } from '../../users/entity-tags.ts';
import { audit } from '../audit.ts';
import { invalid, membersOf } from '../json-of.ts';
import type { ManagementRoute } from '../route.ts';
import { ACCOUNT_SCHEMA, accountAnswer, accountBody, etagOf } from './account-body.ts';
import { PATCH_SCHEMA } from './account-schemas.ts';
import { noAccount } from './find-account.ts';

export const updateAccount: ManagementRoute = {
  method: 'PATCH',
  path: '/accounts/:id',
  operation: 'updateAccount',
  group: 'Accounts',
  summary: 'Change an account',
  description:
    'A merge patch (RFC 7396), as application/json: what you leave out stays, and null removes. Within `address`, too. Another `email` needs ' +
    '`email_verified`; the person is told by mail at the old address, and at the new one if you have proven it. A new phone number is told, too.',
  scope: 'accounts:write',
  body: {
    schema: PATCH_SCHEMA,
    example: { family_name: 'Doe-Smith', phone_number: null, address: { street_address: '14 Canal Street' } },
  },
  answer: { description: 'The account as it is now.', schema: ACCOUNT_SCHEMA, hasETag: true },
  errors: { 404: ['not_found'], 409: ['email_taken', 'changed_meanwhile'], 412: ['precondition_failed'] },
  handle: async (call) => {
    const { context, request, params } = call;
    const wanted = request.headers['if-match'];
    const result = await changeAccount(
      context,
      params['id'] ?? '',
      membersOf(call.body),
      (found) => wanted === undefined || namesTag(wanted, etagOf(accountBody(found))),
      ({ storage }, fields) =>
        audit({ ...call, storage }, 'account.profile_changed', `account:${params['id']}`, { fields }),
    );
    switch (result.outcome) {
      case 'changed':
        return accountAnswer(result.found);
      case 'invalid':
        throw invalid(result.reason);
      case 'not_found':
        throw noAccount();
      case 'email_taken':
        throw new ApiError(409, 'email_taken', 'Another account has verified this address.');
      case 'changed_meanwhile':
        if (wanted === undefined)
          throw new ApiError(409, 'changed_meanwhile', 'The account is being changed by others. Send it again.');
        throw new ApiError(
          412,
          'precondition_failed',
          'The account has changed since you read it. Read it again before you change it.',
        );
    }
  },
};

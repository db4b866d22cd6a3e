import { audit } from '../audit.ts';
import type { ManagementRoute } from '../route.ts';
import { ACCOUNT_SCHEMA, conditionalAnswer } from './account-body.ts';
import { findAccount } from './find-account.ts';

export const getAccount: ManagementRoute = {
  method: 'GET',
  path: '/accounts/:id',
  operation: 'getAccount',
  group: 'Accounts',
  summary: 'Read one account',
  description: 'Answers 304 when If-None-Match contains the current ETag.',
  scope: 'accounts:read',
  answer: { description: 'The account.', schema: ACCOUNT_SCHEMA, hasETag: true },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    const found = await findAccount(call);
    await audit({ ...call, storage: call.context.storage }, 'account.read', `account:${found.account.id}`);
    return conditionalAnswer(found, call.request.headers['if-none-match']);
  },
};

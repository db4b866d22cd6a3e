import { blockAccount as block } from '#domain/accounts/operator-acts.ts';
import { inTransaction } from '#domain/context.ts';
import type { ApiAnswer } from '../../route.ts';
import { audit } from '../audit.ts';
import { assertNoBody } from '../json-of.ts';
import type { ManagementCall, ManagementRoute } from '../route.ts';
import { ACCOUNT_SCHEMA, accountAnswer } from './account-body.ts';
import { findAccount } from './find-account.ts';

const COMMON = {
  method: 'POST',
  group: 'Accounts',
  scope: 'accounts:write',
  answer: { description: 'The account as it is now.', schema: ACCOUNT_SCHEMA, hasETag: true },
  errors: { 404: ['not_found'] },
} as const;

export const blockAccount: ManagementRoute = {
  ...COMMON,
  path: '/accounts/:id/block',
  operation: 'blockAccount',
  summary: 'Block an account',
  description:
    'The person is signed out everywhere, and can sign in nowhere. Nothing happens where the account is blocked already.',
  handle: (call) => setBlocked(call, true),
};

export const unblockAccount: ManagementRoute = {
  ...COMMON,
  path: '/accounts/:id/unblock',
  operation: 'unblockAccount',
  summary: 'Unblock an account',
  handle: (call) => setBlocked(call, false),
};

async function setBlocked(call: ManagementCall, blocked: boolean): Promise<ApiAnswer> {
  assertNoBody(call.body);
  const { account } = await findAccount(call);
  await inTransaction(call.context, async ({ storage, rows }) => {
    if (blocked) await block(rows, account.id);
    else await rows.accounts.setBlocked(account.id, false);
    await audit({ ...call, storage }, blocked ? 'account.blocked' : 'account.unblocked', `account:${account.id}`);
  });
  return accountAnswer(await findAccount(call));
}

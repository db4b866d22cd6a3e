import { z } from 'zod';
import { DELETION_GRACE_DAYS, requestDeletion } from '#domain/accounts/deletion.ts';
import { eraseAtOnce } from '#domain/accounts/operator-acts.ts';
import type { Account } from '#storage/accounts.ts';
import { ApiError } from '../../api-error.ts';
import type { ApiAnswer } from '../../route.ts';
import { audit } from '../audit.ts';
import { assertNoBody } from '../json-of.ts';
import type { ManagementCall, ManagementRoute } from '../route.ts';
import { findAccount } from './find-account.ts';

const query = z.object({
  now: z
    .enum(['true', 'false'], 'is true or false')
    .optional()
    .describe(
      `With \`true\`, at once and for good. Default: after ${DELETION_GRACE_DAYS} days, in which the person can take it back.`,
    ),
});

export const deleteAccount: ManagementRoute = {
  method: 'DELETE',
  path: '/accounts/:id',
  operation: 'deleteAccount',
  group: 'Accounts',
  summary: 'Delete an account',
  description:
    'From now on the account shares nothing, and the person is told by mail until when it can be kept. With `now=true` it is gone with the ' +
    'answer, and apps that lose their last owner are disabled.',
  scope: 'accounts:delete',
  query,
  answer: {
    description: 'What happens to it, and when.',
    schema: {
      type: 'object',
      required: ['id', 'deleted', 'deletion_due_at', 'apps_disabled'],
      properties: {
        id: { type: 'string' },
        deleted: { type: 'boolean', description: 'Whether it is gone.' },
        deletion_due_at: { type: ['string', 'null'], format: 'date-time' },
        apps_disabled: {
          type: 'array',
          items: { type: 'string' },
          description: 'Ids of apps that have lost their last owner.',
        },
      },
      additionalProperties: false,
    },
  },
  errors: { 404: ['not_found'], 409: ['sole_owner'] },
  handle: async (call) => {
    assertNoBody(call.body);
    const { account } = await findAccount(call);
    return call.query['now'] === 'true' ? deleteNow(call, account) : deleteLater(call, account);
  },
};

async function deleteNow(call: ManagementCall, { id }: Account): Promise<ApiAnswer> {
  const { context, key, request } = call;
  const { storage, realm, events } = context;
  const appsDisabled = await eraseAtOnce(
    {
      ...{ storage, realm, by: { actor: `management-key:${key.id}`, address: request.ip, requestId: request.id } },
      noteWithdrawal: (clientId) =>
        events.record(clientId, { kind: 'consent.withdrawn', requestId: request.id, detail: {} }),
    },
    id,
  );
  await audit({ ...call, storage }, 'account.deleted', `account:${id}`);
  return { body: { id, deleted: true, deletion_due_at: null, apps_disabled: appsDisabled } };
}

async function deleteLater(call: ManagementCall, account: Account): Promise<ApiAnswer> {
  const { context, request } = call;
  const { id } = account;
  // No session stays: whoever wants the account back signs in for that.
  const result = await requestDeletion(context, account, { session: '', languages: [] });
  if (result.outcome === 'sole_owner') {
    const names = result.apps.map(({ name }) => name).join(', ');
    throw new ApiError(
      409,
      'sole_owner',
      `The account alone owns apps: ${names}. Give them another owner, or delete it with now=true.`,
    );
  }
  if (result.outcome === 'requested') {
    await audit({ ...call, storage: context.storage }, 'account.deletion_requested', `account:${id}`, {
      due: result.dueAt.toISOString(),
    });
    for (const clientId of result.disconnected) {
      await audit({ ...call, storage: context.storage }, 'consent.withdrawn', `environment:${clientId}`, {
        account: id,
      });
      context.events.record(clientId, { kind: 'consent.withdrawn', requestId: request.id, detail: {} });
    }
  }
  const dueAt = result.outcome === 'requested' ? result.dueAt : account.deletionDueAt;
  return { body: { id, deleted: false, deletion_due_at: dueAt?.toISOString() ?? null, apps_disabled: [] } };
}

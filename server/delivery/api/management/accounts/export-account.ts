import { dataExport } from '#domain/accounts/data-export.ts';
import { audit } from '../audit.ts';
import type { ManagementRoute } from '../route.ts';
import { findAccount, noAccount } from './find-account.ts';

export const exportAccount: ManagementRoute = {
  method: 'GET',
  path: '/accounts/:id/export',
  operation: 'exportAccount',
  group: 'Accounts',
  summary: 'Export everything about an account',
  description:
    'For an access request: the file that people download on their account pages, which explains itself. Without passwords and keys.',
  scope: 'accounts:export',
  answer: {
    description: 'Everything that is kept about the account.',
    schema: {
      type: 'object',
      required: ['about', 'account'],
      properties: { about: { type: 'object', examples: [{}] }, account: { type: 'object', examples: [{}] } },
    },
  },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    const { account } = await findAccount(call);
    const { context } = call;
    // Before it is read, so that the file has this access in it, too.
    await audit({ ...call, storage: context.storage }, 'account.data_exported', `account:${account.id}`);
    const records = await context.rows.accountRecords.read(account.id);
    if (!records) throw noAccount();
    return { body: dataExport(context, records) };
  },
};

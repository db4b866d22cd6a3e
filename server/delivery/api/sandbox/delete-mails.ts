import { z } from 'zod';
import type { ApiRoute } from '../route.ts';
import { recipient } from './list-mails.ts';
import { inboxAppOf, MAIL_SCHEMA, mailAnswer, mailIdOf } from './mail-body.ts';

const query = z.object({ to: recipient.describe('Deletes only mails to this address, in any case.') });

export const deleteMails: ApiRoute = {
  method: 'DELETE',
  path: '/sandbox/mails',
  operation: 'deleteSandboxMails',
  summary: 'Delete the mails of the sandbox',
  description: 'All of them, or those to one address: before a test, for example.',
  rights: 'write',
  query,
  answer: {
    description: 'How many mails were deleted.',
    schema: { type: 'object', required: ['deleted'], properties: { deleted: { type: 'integer' } } },
  },
  errors: { 403: ['sandbox_only'] },
  handle: async (call) => {
    const { to } = call.query as z.infer<typeof query>;
    return { body: { deleted: await call.context.storage.sandboxInbox.clear(inboxAppOf(call), to) } };
  },
};

export const deleteMail: ApiRoute = {
  method: 'DELETE',
  path: '/sandbox/mails/:id',
  operation: 'deleteSandboxMail',
  summary: 'Delete a mail of the sandbox',
  rights: 'write',
  answer: { description: 'The mail as it was.', schema: MAIL_SCHEMA },
  errors: { 403: ['sandbox_only'], 404: ['not_found'] },
  handle: async (call) => {
    const { sandboxInbox } = call.context.storage;
    const [appId, id] = [inboxAppOf(call), mailIdOf(call)];
    const mail = await sandboxInbox.find(appId, id);
    const isDeleted = mail !== undefined && (await sandboxInbox.delete(appId, id));
    return mailAnswer(isDeleted ? mail : undefined);
  },
};

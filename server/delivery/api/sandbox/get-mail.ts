import type { ApiRoute } from '../route.ts';
import { inboxAppOf, MAIL_SCHEMA, mailAnswer, mailIdOf } from './mail-body.ts';

export const getMail: ApiRoute = {
  method: 'GET',
  path: '/sandbox/mails/:id',
  operation: 'getSandboxMail',
  summary: 'Read a mail of the sandbox',
  description: 'With the link and the code as values of their own, so that a test need not search the text.',
  rights: 'read',
  answer: { description: 'The mail.', schema: MAIL_SCHEMA },
  errors: { 403: ['sandbox_only'], 404: ['not_found'] },
  handle: async (call) => {
    return mailAnswer(await call.context.storage.sandboxInbox.find(inboxAppOf(call), mailIdOf(call)));
  },
};

import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { sendMailView } from '#pages/mail-view.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import type { InboxMail } from '#storage/sandbox-inbox.ts';
import { inboxPath, MAIL_DONE, sendClear, sendInbox } from './inbox-page.ts';
import { sendMail } from './mail-page.ts';

const PATH = '/apps/:appId/mail';
const PAGE_SIZE = 50;
const MAX_EMAIL_LENGTH = 254;

/** What the app would have mailed. A mail may let somebody into a test account, so read-only members do not see it. */
export const mailRoutes = [
  forMember('GET', PATH, 'developer', getInbox),
  forMember('GET', `${PATH}/clear`, 'developer', sendClear),
  forMember('POST', `${PATH}/clear`, 'developer', postClear),
  forMember('GET', `${PATH}/:mailId`, 'developer', getMail),
  forMember('GET', `${PATH}/:mailId/html`, 'developer', getHtml),
  forMember('POST', `${PATH}/:mailId/delete`, 'developer', postDelete),
];

const querySchema = z.object({
  to: z
    .string()
    .transform((text) =>
      text
        .replaceAll(/\p{Cc}/gu, '')
        .trim()
        .slice(0, MAX_EMAIL_LENGTH),
    )
    .catch(''),
  done: z.enum(MAIL_DONE).optional().catch(undefined),
  before: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
  at: z.coerce.number().int().min(0).optional().catch(undefined),
});

async function getInbox(call: MemberCall): Promise<FastifyReply> {
  const { to, done, before, at } = querySchema.parse(call.query ?? {});
  const isPage = before !== undefined && at !== undefined;
  const { mails, more } = await call.context.storage.sandboxInbox.list(call.app.id, {
    limit: PAGE_SIZE,
    ...(to && { to }),
    ...(isPage && { before: { id: before, createdAt: new Date(at) } }),
  });
  return sendInbox(call, { mails, to, done, isNewest: !isPage, hasOlder: more });
}

async function getMail(call: MemberCall): Promise<FastifyReply> {
  return sendMail(call, await mailOf(call));
}

/** As a mail program shows it. */
async function getHtml(call: MemberCall): Promise<FastifyReply> {
  const { html } = await mailOf(call);
  if (html === undefined) throw new PortalError('not_found');
  return sendMailView(call.reply, html, call.context.config.brand);
}

async function postDelete(call: MemberCall): Promise<FastifyReply> {
  const { id } = await mailOf(call);
  await call.context.storage.sandboxInbox.delete(call.app.id, id);
  return call.reply.redirect(`${inboxPath(call)}?done=deleted`, 303);
}

async function postClear(call: MemberCall): Promise<FastifyReply> {
  await call.context.storage.sandboxInbox.clear(call.app.id);
  return call.reply.redirect(`${inboxPath(call)}?done=cleared`, 303);
}

/** @throws PortalError `not_found` */
async function mailOf({ app, context, params }: MemberCall): Promise<InboxMail> {
  const { mailId = '' } = params;
  const mail = /^[\w-]{1,64}$/.test(mailId) ? await context.storage.sandboxInbox.find(app.id, mailId) : undefined;
  if (!mail) throw new PortalError('not_found');
  return mail;
}

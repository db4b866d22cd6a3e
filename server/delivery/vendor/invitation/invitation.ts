import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { acceptInvitation, nameOf } from '#domain/apps/members.ts';
import { notifyOwners } from '#domain/apps/notify-owners.ts';
import { forAnyone, forPerson, type PersonCall, type PortalCall } from '#portal/route.ts';
import type { ReceivedInvitation } from '#storage/app-invitations.ts';
import { sendGone, sendInvitation } from './invitation-page.ts';

/** Apps belong to accounts of the production realm. */
const REALMS = { realms: ['production'] } as const;

export const invitationRoutes = [
  forAnyone('GET', '/invitation', getInvitation, REALMS),
  forPerson('POST', '/invitation', postInvitation, REALMS),
];

const codeSchema = z.object({ code: z.string().regex(/^[\w-]{1,100}$/) });

/** The page behind the link in the mail. Opening it changes nothing, because mail scanners open links. */
async function getInvitation(call: PortalCall): Promise<FastifyReply> {
  const parsed = codeSchema.safeParse(call.query);
  const found = parsed.success && (await call.context.storage.appInvitations.findByCode(parsed.data.code));
  if (!found) return sendGone(call);
  return sendInvitation(call, 200, {
    invitation: found,
    inviter: await inviterOf(call, found),
    code: parsed.data.code,
  });
}

async function inviterOf({ context }: PortalCall, { invitedBy }: ReceivedInvitation): Promise<string | undefined> {
  const account = invitedBy === undefined ? undefined : await context.rows.accounts.find(invitedBy);
  return account && nameOf(account);
}

async function postInvitation(call: PersonCall): Promise<FastifyReply> {
  const parsed = codeSchema.safeParse(call.body);
  if (!parsed.success) return sendGone(call);
  const { code } = parsed.data;
  const { context, account } = call;
  const found = await context.storage.appInvitations.findByCode(code);
  const result = await acceptInvitation(context, account, code);
  if (!found || result.outcome === 'invalid') return sendGone(call);
  if (result.outcome !== 'accepted') {
    const inviter = await inviterOf(call, found);
    return sendInvitation(call, 400, { invitation: found, inviter, code, refusal: result.outcome });
  }
  const { invitation } = result;
  await call.audit('invitation.accepted', `app:${invitation.appId}`, {
    invitation: invitation.id,
    role: invitation.role,
  });
  await call.audit('member.added', `app:${invitation.appId}`, { account: account.id, role: invitation.role });
  const notice = { kind: 'member_added', app: found.appName, member: nameOf(account) } as const;
  await notifyOwners(context, invitation.appId, notice, call.languages);
  return call.reply.redirect(`${call.base}/apps/${invitation.appId}/members?done=joined`, 303);
}

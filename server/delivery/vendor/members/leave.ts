import type { FastifyReply } from 'fastify';
import { nameOf } from '#domain/apps/members.ts';
import { notifyOwners } from '#domain/apps/notify-owners.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { sendMembers } from './members-page.ts';

export const leaveRoutes = [forMember('POST', '/apps/:appId/members/leave', 'read-only', postLeave)];

async function postLeave(call: MemberCall): Promise<FastifyReply> {
  const outcome = await callInTransaction(call, async ({ context, app, account, role, languages, audit }) => {
    const left = await context.storage.appMembers.remove(app.id, account.id);
    if (left !== 'done') return left;
    await audit('member.left', `app:${app.id}`, { account: account.id, role });
    await notifyOwners(context, app.id, { kind: 'member_removed', app: app.name, member: nameOf(account) }, languages);
    return left;
  });
  if (outcome === 'last_owner') {
    return sendMembers(call, 400, { problem: call.language.t('vendor.members.problems.last_owner') });
  }
  return call.reply.redirect(`${call.base}/apps`, 303);
}

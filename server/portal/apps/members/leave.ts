import type { FastifyReply } from 'fastify';
import { forMember, type MemberCall } from '../../route.ts';
import { sendMembers } from './members-page.ts';
import { membersStrings } from './strings.ts';

export const leaveRoutes = [forMember('POST', '/apps/:appId/members/leave', 'read-only', postLeave)];

async function postLeave(call: MemberCall): Promise<FastifyReply> {
  const outcome = await call.context.storage.appMembers.remove(call.app.id, call.account.id);
  if (outcome === 'last_owner') {
    return sendMembers(call, 400, { problem: membersStrings(call.language).problems.last_owner });
  }
  if (outcome === 'done') {
    await call.audit('member.left', `app:${call.app.id}`, { account: call.account.id, role: call.role });
  }
  return call.reply.redirect(`${call.base}/apps`, 303);
}

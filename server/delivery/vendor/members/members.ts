import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { forMember, type MemberCall } from '#portal/route.ts';
import { inviteRoutes } from './invite.ts';
import { leaveRoutes } from './leave.ts';
import { memberRoutes } from './member.ts';
import { MEMBERS_DONE, sendMembers } from './members-page.ts';

/** Who may work on an app. */
export const membersRoutes = [
  forMember('GET', '/apps/:appId/members', 'read-only', getMembers),
  ...inviteRoutes,
  ...leaveRoutes,
  ...memberRoutes,
];

const querySchema = z.object({ done: z.enum(MEMBERS_DONE).optional().catch(undefined) });

async function getMembers(call: MemberCall): Promise<FastifyReply> {
  const { done } = querySchema.parse(call.query ?? {});
  return sendMembers(call, 200, { done });
}

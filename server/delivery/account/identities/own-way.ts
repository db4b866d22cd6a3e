import type { FastifyReply } from 'fastify';
import type { PortalCall } from '#portal/route.ts';

/** For a way in that the platform has itself. Where another login is the only way, whoever comes here is shown that. */
export function ownWay(
  handle: (call: PortalCall) => Promise<FastifyReply>,
): (call: PortalCall) => Promise<FastifyReply> {
  return async (call) =>
    call.context.upstreams.only ? call.reply.redirect(`${call.base}/sign-in`, 303) : handle(call);
}

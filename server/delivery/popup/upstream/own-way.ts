import type { FastifyReply } from 'fastify';
import type { Step } from '../step.ts';

/** For a way in that the platform has itself. Where another login is the only way, whoever comes here is shown that. */
export function ownWay(handle: (step: Step) => Promise<FastifyReply>): (step: Step) => Promise<FastifyReply> {
  return async (step) => (step.context.upstreams.only ? step.reply.redirect(step.form.action, 303) : handle(step));
}

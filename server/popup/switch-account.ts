import type { FastifyReply } from 'fastify';
import { PROVIDER_ROUTES } from '../openid/provider-routes.ts';
import { endSession, type Step } from './step.ts';

/** POST switch-account: signs out here and asks the same question anew. */
export async function postSwitchAccount(step: Step): Promise<FastifyReply> {
  const { params } = step.interaction;
  await endSession(step);
  await step.interaction.destroy();
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (typeof value === 'string') query.set(name, value);
  return step.reply.redirect(`${step.context.issuer}${PROVIDER_ROUTES.authorization}?${query}`, 303);
}

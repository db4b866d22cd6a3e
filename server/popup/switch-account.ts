import type { FastifyReply } from 'fastify';
import { authorizationUrl, rememberFinished } from './finished-interaction.ts';
import { endSession, type Step } from './step.ts';

/** POST switch-account: signs out here and asks the same question anew. */
export async function postSwitchAccount(step: Step): Promise<FastifyReply> {
  const { params } = step.interaction;
  await endSession(step);
  await rememberFinished(step.context, step.interaction);
  await step.interaction.destroy();
  return step.reply.redirect(authorizationUrl(step.context, params), 303);
}

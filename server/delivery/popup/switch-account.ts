import type { FastifyReply } from 'fastify';
import { authorizationUrl } from '../../engine/authorization-url.ts';
import { CREATE_PROMPT, withoutPrompts } from '../../engine/prompts.ts';
import { auditStep } from './audit.ts';
import { rememberFinished } from './finished-interaction.ts';
import { endSession, type Step } from './step.ts';

/** POST switch-account: signs out here and starts the same request again. Another account is one that the person has. */
export async function postSwitchAccount(step: Step): Promise<FastifyReply> {
  const { params } = step.interaction;
  const { accountId } = step.interaction.session ?? {};
  await endSession(step);
  if (accountId) await auditStep(step, 'session.ended', `account:${accountId}`, { subject: `account:${accountId}` });
  await rememberFinished(step.context, step.interaction);
  await step.interaction.destroy();
  return step.reply.redirect(authorizationUrl(step.context, withoutPrompts(params, [CREATE_PROMPT])), 303);
}

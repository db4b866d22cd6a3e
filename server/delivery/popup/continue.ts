import type { FastifyReply } from 'fastify';
import { CONTINUE_PROMPT } from '../../engine/asker.ts';
import { finish, type Step } from './step.ts';

/** POST continue: somebody who has agreed before wants to go on, though no page of the shop asked. */
export async function postContinue(step: Step): Promise<FastifyReply> {
  if (step.interaction.prompt.name !== CONTINUE_PROMPT) return step.reply.redirect(step.form.action, 303);
  return finish(step, { [CONTINUE_PROMPT]: {} });
}

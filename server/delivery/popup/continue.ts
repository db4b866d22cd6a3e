import type { FastifyReply } from 'fastify';
import { CONTINUE_PROMPT, SELECT_ACCOUNT_PROMPT } from '../../engine/prompts.ts';
import { signedInAccount } from './consent-model.ts';
import { finish, type Step } from './step.ts';

/** POST continue: somebody wants to go on, though no page of the shop asked, or with the account that is signed in. */
export async function postContinue(step: Step): Promise<FastifyReply> {
  const { name } = step.interaction.prompt;
  const isChoice = name === SELECT_ACCOUNT_PROMPT && (await signedInAccount(step.context, step, step.interaction));
  if (name !== CONTINUE_PROMPT && !isChoice) return step.reply.redirect(step.form.action, 303);
  return finish(step, { [name]: {} });
}

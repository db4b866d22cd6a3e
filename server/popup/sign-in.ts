import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { signIn } from '../accounts/sign-in.ts';
import { networkAddress } from '../http/network-address.ts';
import { sendPage } from '../pages/write-page.ts';
import { signInModel } from './interaction-page.ts';
import type { SignInModel } from './pages/models.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { finishSignIn, type Step } from './step.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({
  email: z.string().max(MAX_INPUT_LENGTH).catch(''),
  password: z.string().max(MAX_INPUT_LENGTH).catch(''),
});

/** POST sign-in: e-mail and password. */
export async function postSignIn(step: Step): Promise<FastifyReply> {
  const { email, password } = formSchema.parse(step.request.body);
  const result = await signIn(step.context.rows.accounts, step.context.throttle, {
    email,
    password,
    address: networkAddress(step.request),
  });
  switch (result.outcome) {
    case 'signed-in':
      return finishSignIn(step, result.account.id, 'pwd');
    case 'too_many_attempts':
      return tooManyAttempts(step, email, result.retryAfterMs);
    default:
      return sendSignIn(step, 400, { email, error: result.outcome });
  }
}

function tooManyAttempts(step: Step, email: string, retryAfterMs: number): Promise<FastifyReply> {
  step.reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
  return sendSignIn(step, 429, {
    email,
    error: 'too_many_attempts',
    retryAfterMinutes: Math.ceil(retryAfterMs / 60_000),
  });
}

export function sendSignIn(
  step: Step,
  status: number,
  attempt: Pick<SignInModel, 'email' | 'error' | 'retryAfterMinutes'>,
): Promise<FastifyReply> {
  return sendPage(step.reply, status, signInPage(step.page, signInModel(step.context, step, attempt)));
}

import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { signIn } from '../../domain/accounts/sign-in.ts';
import { findInDirectory } from '../../domain/directory/find-by-password.ts';
import { devicesOf } from '../../engine/device-cookie.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { testPeopleOf } from '../../http/test-people-cookie.ts';
import { heldEmail, holdEmail } from './code/held-code.ts';
import { forgetSignIn } from './held-sign-in.ts';
import { proceed } from './proceed.ts';
import { auditRefusal, sendSignIn, tooManyAttempts } from './send-sign-in.ts';
import { type Step, sandboxAppOf } from './step.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({
  email: z.string().max(MAX_INPUT_LENGTH).catch(''),
  password: z.string().max(MAX_INPUT_LENGTH).catch(''),
  /** Set by the page's script when this device could make a passkey. */
  passkeys: z.literal('1').optional().catch(undefined),
});

/** GET sign-in: for who has an account, where the first page is another. */
export async function getSignIn(step: Step): Promise<FastifyReply> {
  const email = heldEmail(step.interaction);
  return sendSignIn(step, 200, email === undefined ? {} : { email });
}

/** POST sign-in: email and password. */
export async function postSignIn(step: Step): Promise<FastifyReply> {
  const { email, password, passkeys } = formSchema.parse(step.request.body);
  const attempt = {
    email,
    password,
    address: step.request.ip,
    devices: devicesOf(step.context, step.request),
    scope: { appId: sandboxAppOf(step), browserHash: testPeopleOf(step.context, step.request.raw) },
  };
  const result = await signIn(step.context, attempt, { findBy: findInDirectory });
  switch (result.outcome) {
    case 'signed-in':
      // Only somebody who knows the password is told.
      if (result.account.deletionDueAt) return sendSignIn(step, 400, { email, error: 'account_leaving' });
      return proceed(step, result.account, 'pwd', passkeys ? { canMakePasskey: true } : {});
    case 'too_many_attempts':
      if (result.checked) await auditRefusal(step, 'invalid_credentials');
      return tooManyAttempts(step, email, result.retryAfterMs);
    case 'busy':
      retryAfter(step.reply, result.retryAfterMs);
      return sendSignIn(step, 503, { email, error: 'busy' });
    case 'directory_down':
      await holdEmail(step.interaction, email);
      return sendSignIn(step, 503, { email, error: result.outcome });
    default:
      await forgetSignIn(step.interaction);
      await holdEmail(step.interaction, email);
      return sendSignIn(step, 400, { email, error: result.outcome });
  }
}

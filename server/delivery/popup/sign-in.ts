import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { signIn } from '../../domain/accounts/sign-in.ts';
import { traceOf } from '../../engine/attempts.ts';
import { devicesOf } from '../../engine/device-cookie.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { testPeopleOf } from '../../http/test-people-cookie.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { heldEmail, holdEmail } from './code/held-code.ts';
import { forgetSignIn } from './held-sign-in.ts';
import { type SignInAttempt, signInModel } from './interaction-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { proceed } from './proceed.ts';
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
  const result = await signIn(step.context, {
    email,
    password,
    address: step.request.ip,
    devices: devicesOf(step.context, step.request),
    scope: { appId: sandboxAppOf(step), browserHash: testPeopleOf(step.context, step.request.raw) },
  });
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
    default:
      await forgetSignIn(step.interaction);
      await holdEmail(step.interaction, email);
      return sendSignIn(step, 400, { email, error: result.outcome });
  }
}

export function tooManyAttempts(step: Step, email: string | undefined, retryAfterMs: number): Promise<FastifyReply> {
  retryAfter(step.reply, retryAfterMs);
  return sendSignIn(step, 429, {
    ...(email !== undefined && { email }),
    error: 'too_many_attempts',
    retryAfterMinutes: Math.ceil(retryAfterMs / 60_000),
  });
}

function auditRefusal(step: Step, reason: string): Promise<void> {
  return auditStep(step, 'session.refused', 'anyone', { detail: { reason } });
}

/** Answers an attempt: whoever is refused sees why, and the app and the audit log note it. */
export async function sendSignIn(step: Step, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  const { app, context, request } = step;
  if (attempt.error) {
    // Only the person is told what is wrong with the account, not the vendor.
    const reason = attempt.error.startsWith('account_') ? 'account_unavailable' : attempt.error;
    context.events.record(app.clientId, { kind: 'popup.sign_in_failed', ...traceOf(request), detail: { reason } });
    // Attempts that were not looked at are no refusals; a refused passkey is noted with its reason.
    const isKnownElsewhere = ['too_many_attempts', 'busy', 'passkey_refused'].includes(attempt.error);
    if (!isKnownElsewhere) await auditRefusal(step, attempt.error);
  }
  return showSignIn(step, status, attempt);
}

/** The page alone, for an attempt that has been noted. */
export function showSignIn(step: Step, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  return sendPage(step.reply, status, signInPage(step.page, signInModel(step.context, step, attempt)));
}

import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { signIn } from '../../domain/accounts/sign-in.ts';
import { networkAddress } from '../../http/network-address.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { signInModel } from './interaction-page.ts';
import type { SignInModel } from './pages/models.ts';
import { signInPage } from './pages/sign-in-page.ts';
import { offerPasskey, withdrawOffer } from './passkey-offer.ts';
import { finishSignIn, type Step } from './step.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({
  email: z.string().max(MAX_INPUT_LENGTH).catch(''),
  password: z.string().max(MAX_INPUT_LENGTH).catch(''),
  /** Set by the page's script when this device could make a passkey. */
  passkeys: z.literal('1').optional().catch(undefined),
});

/** POST sign-in: email and password. */
export async function postSignIn(step: Step): Promise<FastifyReply> {
  const { email, password, passkeys } = formSchema.parse(step.request.body);
  const result = await signIn(step.context.rows.accounts, step.context.throttle, {
    email,
    password,
    address: networkAddress(step.request),
  });
  switch (result.outcome) {
    case 'signed-in':
      // Only somebody who knows the password is told.
      if (result.account.deletionDueAt) return sendSignIn(step, 400, { email, error: 'account_leaving' });
      if (passkeys && (await offerPasskey(step, result.account.id))) return step.reply.redirect(step.form.action, 303);
      return finishSignIn(step, result.account.id, 'pwd');
    case 'too_many_attempts':
      return tooManyAttempts(step, email, result.retryAfterMs);
    default:
      await withdrawOffer(step);
      return sendSignIn(step, 400, { email, error: result.outcome });
  }
}

export function tooManyAttempts(step: Step, email: string | undefined, retryAfterMs: number): Promise<FastifyReply> {
  step.reply.header('retry-after', Math.ceil(retryAfterMs / 1000));
  return sendSignIn(step, 429, {
    ...(email !== undefined && { email }),
    error: 'too_many_attempts',
    retryAfterMinutes: Math.ceil(retryAfterMs / 60_000),
  });
}

export async function sendSignIn(
  step: Step,
  status: number,
  attempt: Pick<SignInModel, 'email' | 'error' | 'retryAfterMinutes'>,
): Promise<FastifyReply> {
  const { app, context, request } = step;
  if (attempt.error) {
    // Only the person is told what is wrong with the account, not the vendor.
    const reason = attempt.error.startsWith('account_') ? 'account_unavailable' : attempt.error;
    context.events.record(app.clientId, { kind: 'popup.sign_in_failed', requestId: request.id, detail: { reason } });
    // Attempts beyond the limit are not audited, because there may be any number of them; a refused passkey is noted with its reason.
    const isKnownElsewhere = attempt.error === 'too_many_attempts' || attempt.error === 'passkey_refused';
    if (!isKnownElsewhere) await auditStep(step, 'session.refused', 'anyone', { detail: { reason: attempt.error } });
  }
  return sendPage(step.reply, status, signInPage(step.page, signInModel(context, step, attempt)));
}

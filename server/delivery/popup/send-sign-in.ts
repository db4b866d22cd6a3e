import type { FastifyReply } from 'fastify';
import { traceOf } from '../../engine/attempts.ts';
import { retryAfter } from '../../http/retry-after.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { type SignInAttempt, signInModel } from './interaction-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import type { Step } from './step.ts';

export function tooManyAttempts(step: Step, email: string | undefined, retryAfterMs: number): Promise<FastifyReply> {
  retryAfter(step.reply, retryAfterMs);
  return sendSignIn(step, 429, {
    ...(email !== undefined && { email }),
    error: 'too_many_attempts',
    retryAfterMinutes: Math.ceil(retryAfterMs / 60_000),
  });
}

export function auditRefusal(step: Step, reason: string): Promise<void> {
  return auditStep(step, 'session.refused', 'anyone', { detail: { reason } });
}

/** Answers an attempt: whoever is refused sees why, and the app and the audit log note it. */
export async function sendSignIn(step: Step, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  const { app, context, request } = step;
  if (attempt.error) {
    // Only the person is told what is wrong with the account, not the vendor.
    const isAboutAccount = attempt.error.startsWith('account_') || attempt.error === 'address_known';
    const reason = isAboutAccount ? 'account_unavailable' : attempt.error;
    context.events.record(app.clientId, { kind: 'popup.sign_in_failed', ...traceOf(request), detail: { reason } });
    // Attempts that were not looked at are no refusals; a refused passkey is noted with its reason.
    const isKnownElsewhere = ['too_many_attempts', 'busy', 'passkey_refused', 'directory_down'].includes(attempt.error);
    if (!isKnownElsewhere) await auditRefusal(step, attempt.error);
  }
  return showSignIn(step, status, attempt);
}

/** The page alone, for an attempt that has been noted. */
export function showSignIn(step: Step, status: number, attempt: SignInAttempt): Promise<FastifyReply> {
  return sendPage(step.reply, status, signInPage(step.page, signInModel(step.context, step, attempt)));
}

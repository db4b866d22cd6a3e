import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { parseEmail } from '#domain/accounts/credential-schemas.ts';
import { requestPasswordReset } from '#domain/accounts/reset-password.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { sendForgotPassword, sendResetMailed } from './forgot-password-page.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({ email: z.string().max(MAX_INPUT_LENGTH).catch('') });
const querySchema = z.object({ done: z.enum(['mailed']).optional().catch(undefined) });

export const forgotPasswordRoutes = [
  forAnyone('GET', '/forgot-password', getForgotPassword),
  forAnyone('POST', '/forgot-password', postForgotPassword),
];

async function getForgotPassword(call: PortalCall): Promise<FastifyReply> {
  const { done } = querySchema.parse(call.query);
  // Whoever is signed in need not type what we know.
  return done ? sendResetMailed(call) : sendForgotPassword(call, 200, { email: call.account?.email ?? '' });
}

/** The same answer, and the same work before it, whether or not there is such an account. */
async function postForgotPassword(call: PortalCall): Promise<FastifyReply> {
  const typed = formSchema.parse(call.body ?? {}).email;
  const parsed = parseEmail(typed);
  if ('problem' in parsed) return sendForgotPassword(call, 400, { email: typed, problem: parsed.problem });
  const result = await requestPasswordReset(call.context, {
    email: parsed.email,
    address: call.request.ip,
    languages: call.languages,
  });
  if (result.outcome === 'too_many_attempts') {
    return sendForgotPassword(call, 429, { email: typed, retryAfterMs: result.retryAfterMs });
  }
  await call.audit('account.password_reset_requested', 'account');
  return call.reply.redirect(`${call.base}/forgot-password?done=mailed`, 303);
}

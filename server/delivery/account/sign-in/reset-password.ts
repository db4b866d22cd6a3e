import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { parsePassword } from '#domain/accounts/credential-schemas.ts';
import { findReset, resetPassword } from '#domain/accounts/reset-password.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { sendResetPassword, sendResetRefused } from './reset-password-page.ts';

const MAX_CODE_LENGTH = 200;
const codeSchema = z.object({ code: z.string().min(1).max(MAX_CODE_LENGTH) });

export const resetPasswordRoutes = [
  forAnyone('GET', '/reset-password', getResetPassword),
  forAnyone('POST', '/reset-password', postResetPassword),
];

/** Changes nothing: mail scanners open links too. */
async function getResetPassword(call: PortalCall): Promise<FastifyReply> {
  const parsed = codeSchema.safeParse(call.query);
  const account = parsed.success && (await findReset(call.context, parsed.data.code));
  return account
    ? sendResetPassword(call, 200, { code: parsed.data.code, email: account.email ?? '' })
    : sendResetRefused(call);
}

async function postResetPassword(call: PortalCall): Promise<FastifyReply> {
  const { context } = call;
  const parsed = codeSchema.safeParse(call.body);
  const account = parsed.success && (await findReset(context, parsed.data.code));
  if (!account) return sendResetRefused(call);
  const { code } = parsed.data;
  const chosen = parsePassword((call.body as { password?: unknown }).password, account.email);
  // The code is used up by a password that we take, not by a slip.
  if ('problem' in chosen) {
    return sendResetPassword(call, 400, { code, email: account.email ?? '', problem: chosen.problem });
  }
  const done = await resetPassword(context, code, chosen.password, call.languages);
  if (!done) return sendResetRefused(call);
  await call.audit('account.password_reset', `account:${done.id}`);
  // Whoever was signed in here, the account that now has a new password signs in next.
  if (call.account) await call.session.end();
  return call.reply.redirect(`${call.base}/sign-in?done=password_reset`, 303);
}

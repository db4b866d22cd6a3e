import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { choosePassword } from '#domain/accounts/choose-password.ts';
import { proofEffect } from '#domain/accounts/first-proof.ts';
import { findReset, resetPassword } from '#domain/accounts/reset-password.ts';
import { rememberDevice } from '#engine/device-cookie.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import type { Account } from '#storage/accounts.ts';
import { ownWay } from '../identities/own-way.ts';
import { type ResetPasswordAttempt, sendResetPassword, sendResetRefused } from './reset-password-page.ts';

const MAX_CODE_LENGTH = 200;
const codeSchema = z.object({ code: z.string().min(1).max(MAX_CODE_LENGTH), password: z.unknown().optional() });

export const resetPasswordRoutes = [
  forAnyone('GET', '/reset-password', ownWay(getResetPassword)),
  forAnyone('POST', '/reset-password', ownWay(postResetPassword)),
];

/** Changes nothing: mail scanners open links too. */
async function getResetPassword(call: PortalCall): Promise<FastifyReply> {
  const parsed = codeSchema.safeParse(call.query);
  const account = parsed.success && (await findReset(call.context, parsed.data.code));
  return account ? sendResetPassword(call, 200, attemptOf(call, account, parsed.data.code)) : sendResetRefused(call);
}

async function postResetPassword(call: PortalCall): Promise<FastifyReply> {
  const { context } = call;
  const parsed = codeSchema.safeParse(call.body);
  const account = parsed.success && (await findReset(context, parsed.data.code));
  if (!account) return sendResetRefused(call);
  const { code, password } = parsed.data;
  const chosen = await choosePassword(context, password, account);
  // The code stays valid when the password is refused, so that a slip does not cost the link.
  if ('problem' in chosen) {
    return sendResetPassword(call, 400, { ...attemptOf(call, account, code), problem: chosen.problem });
  }
  const done = await resetPassword(context, code, chosen.password, {
    within: call.account?.id,
    languages: call.languages,
    address: call.request.ip,
  });
  if (!done) return sendResetRefused(call);
  await call.audit('account.password_reset', `account:${done.id}`);
  // Others may have used up the tries of this network, but this browser's person reads the account's mail.
  rememberDevice(context, call.request.raw, call.reply.raw, done);
  // Somebody else may be signed in here. The account that now has a new password is the one to sign in next.
  if (call.account) await call.session.end();
  return call.reply.redirect(`${call.base}/sign-in?done=password_reset`, 303);
}

function attemptOf(call: PortalCall, account: Account, code: string): ResetPasswordAttempt {
  return { code, email: account.email ?? '', endsAccount: proofEffect(account, call.account?.id) === 'ends' };
}

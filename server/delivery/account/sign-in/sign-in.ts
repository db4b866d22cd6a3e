import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { signIn } from '#domain/accounts/sign-in.ts';
import { findInDirectory } from '#domain/directory/find-by-password.ts';
import { devicesOf } from '#engine/device-cookie.ts';
import { testPeopleOf } from '#http/test-people-cookie.ts';
import { continuation } from '#portal/continue.ts';
import { forAnyone, forPerson, type PersonCall, type PortalCall } from '#portal/route.ts';
import { signOutThere } from '../identities/leave.ts';
import { ownWay } from '../identities/own-way.ts';
import { breachedPasswordRoutes } from './breached-password.ts';
import { codeRoutes } from './code.ts';
import { confirmRoutes } from './confirm.ts';
import { confirmAddressRoutes } from './confirm-address.ts';
import { forgotPasswordRoutes } from './forgot-password.ts';
import { invitedAddress } from './invited-address.ts';
import { newPasswordRoutes } from './new-password.ts';
import { personaRoutes } from './persona.ts';
import { proceed } from './proceed.ts';
import { resetPasswordRoutes } from './reset-password.ts';
import { secondFactorStepRoutes } from './second-factor.ts';
import { sendSignIn } from './sign-in-page.ts';
import { signUpRoutes } from './sign-up.ts';
import { yourNameRoutes } from './your-name.ts';

const MAX_INPUT_LENGTH = 1_000;
const text = z.string().max(MAX_INPUT_LENGTH).catch('');
const signInSchema = z.object({ email: text, password: text });
const querySchema = z.object({
  done: z.enum(['password_reset', 'started_over']).optional().catch(undefined),
  expired: z.literal('1').optional().catch(undefined),
  /** Why the operator's directory does not let somebody in who has just proven who they are. */
  refused: z.enum(['account_blocked', 'account_gone', 'directory_down']).optional().catch(undefined),
});

export const signInRoutes = [
  forAnyone('GET', '/sign-in', getSignIn),
  forAnyone('POST', '/sign-in', ownWay(postSignIn)),
  forPerson('POST', '/sign-out', postSignOut),
  ...signUpRoutes,
  ...personaRoutes,
  ...confirmRoutes,
  ...confirmAddressRoutes,
  ...forgotPasswordRoutes,
  ...resetPasswordRoutes,
  ...codeRoutes,
  ...secondFactorStepRoutes,
  ...breachedPasswordRoutes,
  ...newPasswordRoutes,
  ...yourNameRoutes,
];

async function getSignIn(call: PortalCall): Promise<FastifyReply> {
  const target = continuation(call, call.query);
  const { done, expired, refused } = querySchema.parse(call.query);
  if (call.account && !refused) return call.reply.redirect(target, 303);
  const email = await invitedAddress(call, target);
  const isExpired = expired !== undefined;
  const error = refused && { error: refused };
  return sendSignIn(call, 200, { continue: target, done, isExpired, ...error, ...(email !== undefined && { email }) });
}

async function postSignIn(call: PortalCall): Promise<FastifyReply> {
  const { email, password } = signInSchema.parse(call.body ?? {});
  const target = continuation(call, call.body);
  const { context, request } = call;
  const attempt = {
    email,
    password,
    address: request.ip,
    devices: devicesOf(context, request),
    ...(context.realm === 'sandbox' && { scope: { browserHash: testPeopleOf(context, request.raw) } }),
  };
  const result = await signIn(context, attempt, { findBy: findInDirectory });
  switch (result.outcome) {
    case 'signed-in':
      return proceed(call, target, result.account, 'pwd');
    case 'too_many_attempts':
      if (result.checked) await call.audit('session.refused', 'account', { reason: 'invalid_credentials' });
      return sendSignIn(call, 429, {
        continue: target,
        email,
        error: result.outcome,
        retryAfterMs: result.retryAfterMs,
      });
    case 'directory_down':
      return sendSignIn(call, 503, { continue: target, email, error: result.outcome });
    case 'busy':
      return sendSignIn(call, 503, { continue: target, email, error: 'busy', retryAfterMs: result.retryAfterMs });
    default:
      await call.audit('session.refused', 'account', { reason: result.outcome });
      return sendSignIn(call, 400, { continue: target, email, error: result.outcome });
  }
}

async function postSignOut(call: PersonCall): Promise<FastifyReply> {
  await call.session.end();
  await call.audit('session.ended', `account:${call.account.id}`);
  return (await signOutThere(call)) ?? call.reply.redirect(`${call.base}/sign-in`, 303);
}

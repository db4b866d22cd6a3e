import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { signIn } from '#domain/accounts/sign-in.ts';
import { devicesOf } from '#engine/device-cookie.ts';
import { testPeopleOf } from '#http/test-people-cookie.ts';
import { beginSession } from '#portal/begin-session.ts';
import { continuation } from '#portal/continue.ts';
import { forAnyone, forPerson, type PersonCall, type PortalCall } from '#portal/route.ts';
import { signOutThere } from '../identities/leave.ts';
import { ownWay } from '../identities/own-way.ts';
import { confirmRoutes } from './confirm.ts';
import { confirmAddressRoutes } from './confirm-address.ts';
import { forgotPasswordRoutes } from './forgot-password.ts';
import { invitedAddress } from './invited-address.ts';
import { personaRoutes } from './persona.ts';
import { resetPasswordRoutes } from './reset-password.ts';
import { sendSignIn } from './sign-in-page.ts';
import { signUpRoutes } from './sign-up.ts';

const MAX_INPUT_LENGTH = 1_000;
const text = z.string().max(MAX_INPUT_LENGTH).catch('');
const signInSchema = z.object({ email: text, password: text });
const doneSchema = z.object({ done: z.enum(['password_reset', 'started_over']).optional().catch(undefined) });

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
];

async function getSignIn(call: PortalCall): Promise<FastifyReply> {
  const target = continuation(call, call.query);
  if (call.account) return call.reply.redirect(target, 303);
  const { done } = doneSchema.parse(call.query);
  const email = await invitedAddress(call, target);
  return sendSignIn(call, 200, { continue: target, done, ...(email !== undefined && { email }) });
}

async function postSignIn(call: PortalCall): Promise<FastifyReply> {
  const { email, password } = signInSchema.parse(call.body ?? {});
  const target = continuation(call, call.body);
  const { context, request } = call;
  const result = await signIn(context, {
    email,
    password,
    address: request.ip,
    devices: devicesOf(context, request),
    ...(context.realm === 'sandbox' && { scope: { browserHash: testPeopleOf(context, request.raw) } }),
  });
  switch (result.outcome) {
    case 'signed-in':
      await beginSession(call, result.account, ['pwd']);
      return call.reply.redirect(target, 303);
    case 'too_many_attempts':
      if (result.checked) await call.audit('session.refused', 'account', { reason: 'invalid_credentials' });
      return sendSignIn(call, 429, {
        continue: target,
        email,
        error: result.outcome,
        retryAfterMs: result.retryAfterMs,
      });
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

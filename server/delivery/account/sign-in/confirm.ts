import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { recogniseDevice } from '#domain/accounts/known-device.ts';
import { signIn } from '#domain/accounts/sign-in.ts';
import { findInDirectory } from '#domain/directory/find-by-password.ts';
import { passwordIn, type SignInMethod } from '#engine/sign-in-methods.ts';
import { continuation } from '#portal/continue.ts';
import { PortalError } from '#portal/portal-error.ts';
import { isRecent, lacksSecondFactor } from '#portal/recent-sign-in.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { newAttempt } from './attempt.ts';
import { sendConfirm } from './confirm-page.ts';
import { proceed, proceedIn } from './proceed.ts';

const MAX_INPUT_LENGTH = 1_000;
const formSchema = z.object({ password: z.string().max(MAX_INPUT_LENGTH).catch('') });

export const confirmRoutes = [forPerson('GET', '/confirm', getConfirm), forPerson('POST', '/confirm', postConfirm)];

async function getConfirm(call: PersonCall): Promise<FastifyReply> {
  const alsoCode = (await provenFactor(call)) !== undefined;
  return sendConfirm(call, 200, { continue: continuation(call, call.query), alsoCode });
}

/** Whoever has given their password a moment ago, in a browser that they trust, is asked for the second factor alone. */
async function provenFactor(call: PersonCall): Promise<SignInMethod[] | undefined> {
  const methods = isRecent(call, 'page') ? passwordIn(call.session.authentication) : undefined;
  return methods && (await lacksSecondFactor(call)) ? methods : undefined;
}

/** Signs the same person in anew, so that the sign-in is recent. */
async function postConfirm(call: PersonCall): Promise<FastifyReply> {
  const { account, context } = call;
  const target = continuation(call, call.body);
  const { password } = formSchema.parse(call.body ?? {});
  const methods = password === '' ? await provenFactor(call) : undefined;
  if (methods) return proceedIn(call, newAttempt(call, target), account, { methods, stepUpOf: call.session.uid });
  const { email, appId, browserHash } = account;
  if (!email) throw new PortalError('not_allowed');
  // The session is a known device, so that nobody else's wrong passwords keep the person out of what they are doing.
  const device = recogniseDevice(context.cookieKey, account, call.session.uid);
  const devices = device ? [device] : [];
  const scope = { appId, browserHash };
  const attempt = { email, scope, password, address: call.request.ip, devices };
  const result = await signIn(context, attempt, { findBy: findInDirectory });
  if (result.outcome === 'directory_down') return sendConfirm(call, 503, { continue: target, error: result.outcome });
  if (result.outcome === 'too_many_attempts' || result.outcome === 'busy') {
    const status = result.outcome === 'busy' ? 503 : 429;
    return sendConfirm(call, status, { continue: target, error: result.outcome, retryAfterMs: result.retryAfterMs });
  }
  // Of several accounts that claim one address, the password may be another's.
  if (result.outcome !== 'signed-in' || result.account.id !== account.id) {
    await call.audit('session.refused', `account:${account.id}`, { reason: 'invalid_credentials' });
    return sendConfirm(call, 400, { continue: target, error: 'invalid_credentials' });
  }
  return proceed(call, target, result.account, 'pwd');
}

import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { signIn } from '../../accounts/sign-in.ts';
import { networkAddress } from '../../http/network-address.ts';
import { continuation } from '../continue.ts';
import { PortalError } from '../portal-error.ts';
import { forAnyone, forPerson, type PersonCall, type PortalCall } from '../route.ts';
import { sendConfirm, sendSignIn } from './sign-in-page.ts';

const MAX_INPUT_LENGTH = 1_000;
const text = z.string().max(MAX_INPUT_LENGTH).catch('');
const signInSchema = z.object({ email: text, password: text });
const confirmSchema = z.object({ password: text });

export const signInRoutes = [
  forAnyone('GET', '/sign-in', getSignIn),
  forAnyone('POST', '/sign-in', postSignIn),
  forPerson('POST', '/sign-out', postSignOut),
  forPerson('GET', '/confirm', getConfirm),
  forPerson('POST', '/confirm', postConfirm),
];

async function getSignIn(call: PortalCall): Promise<FastifyReply> {
  const target = continuation(call, call.query);
  return call.account ? call.reply.redirect(target, 303) : sendSignIn(call, 200, { continue: target });
}

async function postSignIn(call: PortalCall): Promise<FastifyReply> {
  const { email, password } = signInSchema.parse(call.body ?? {});
  const target = continuation(call, call.body);
  const result = await signIn(call.context.rows.accounts, call.context.throttle, {
    email,
    password,
    address: networkAddress(call.request),
  });
  switch (result.outcome) {
    case 'signed-in':
      await call.session.begin(result.account.id, 'pwd');
      await call.audit('session.started', `account:${result.account.id}`, { method: 'pwd' });
      return call.reply.redirect(target, 303);
    case 'too_many_attempts':
      call.reply.header('retry-after', Math.ceil(result.retryAfterMs / 1000));
      return sendSignIn(call, 429, {
        continue: target,
        email,
        error: result.outcome,
        retryAfterMs: result.retryAfterMs,
      });
    default:
      await call.audit('session.refused', 'account', { reason: result.outcome });
      return sendSignIn(call, 400, { continue: target, email, error: result.outcome });
  }
}

async function postSignOut(call: PersonCall): Promise<FastifyReply> {
  await call.session.end();
  await call.audit('session.ended', `account:${call.account.id}`);
  return call.reply.redirect(`${call.base}/sign-in`, 303);
}

async function getConfirm(call: PersonCall): Promise<FastifyReply> {
  return sendConfirm(call, 200, { continue: continuation(call, call.query) });
}

/** Signs the same person in anew, so that the sign-in is fresh. */
async function postConfirm(call: PersonCall): Promise<FastifyReply> {
  const { account, context } = call;
  const target = continuation(call, call.body);
  const { password } = confirmSchema.parse(call.body ?? {});
  if (!account.email) throw new PortalError('not_allowed');
  const result = await signIn(context.rows.accounts, context.throttle, {
    email: account.email,
    password,
    address: networkAddress(call.request),
  });
  if (result.outcome === 'too_many_attempts') {
    call.reply.header('retry-after', Math.ceil(result.retryAfterMs / 1000));
    return sendConfirm(call, 429, { continue: target, error: result.outcome, retryAfterMs: result.retryAfterMs });
  }
  // Of several accounts that claim one address, the password may be another's.
  if (result.outcome !== 'signed-in' || result.account.id !== account.id) {
    return sendConfirm(call, 400, { continue: target, error: 'invalid_credentials' });
  }
  await call.session.begin(account.id, 'pwd');
  return call.reply.redirect(target, 303);
}

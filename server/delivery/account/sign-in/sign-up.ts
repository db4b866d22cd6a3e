import type { FastifyReply } from 'fastify';
import { mailNewAccount } from '#domain/accounts/confirm-email.ts';
import { checkSignUp, signUp } from '#domain/accounts/sign-up.ts';
import { findInDirectory } from '#domain/directory/find-by-password.ts';
import { typedSignUp } from '#pages/sign-up-fields.ts';
import { continuation } from '#portal/continue.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { ownWay } from '../identities/own-way.ts';
import { admitCall } from './bot-check.ts';
import { invitedAddress } from './invited-address.ts';
import { proceed } from './proceed.ts';
import { sendSignIn } from './sign-in-page.ts';
import { sendSignUp } from './sign-up-page.ts';

export const signUpRoutes = [
  forAnyone('GET', '/sign-up', ownWay(getSignUp)),
  forAnyone('POST', '/sign-up', ownWay(postSignUp)),
];

async function getSignUp(call: PortalCall): Promise<FastifyReply> {
  const target = continuation(call, call.query);
  if (call.account) return call.reply.redirect(target, 303);
  const email = await invitedAddress(call, target);
  return sendSignUp(call, 200, { continue: target, values: { ...(email && { email }) }, errors: {} });
}

/** As in the popup: a known address changes nothing that can be seen here. */
async function postSignUp(call: PortalCall): Promise<FastifyReply> {
  const { context, languages } = call;
  const target = continuation(call, call.body);
  const parsed = await checkSignUp(context, call.body);
  const attempt = { continue: target, values: typedSignUp(call.body) };
  if ('errors' in parsed) return sendSignUp(call, 400, { ...attempt, errors: parsed.errors });

  const admitted = await admitCall(call, 'sign_up', parsed.form.email);
  if (admitted.outcome !== 'admitted') return sendSignUp(call, 429, { ...attempt, errors: {}, unproven: admitted });

  const [locale] = languages;
  const from = { address: call.request.ip, ...(locale && { locale }) };
  const result = await signUp(context, parsed.form, from, findInDirectory);
  if (result.outcome === 'too_many_attempts') {
    return sendSignUp(call, 429, { ...attempt, errors: {}, retryAfterMs: result.retryAfterMs });
  }
  if (result.outcome === 'busy') {
    return sendSignUp(call, 503, { ...attempt, errors: {}, busyForMs: result.retryAfterMs });
  }
  if (!('account' in result)) {
    const { outcome: error } = result;
    const status = error === 'directory_down' ? 503 : 400;
    return sendSignIn(call, status, { continue: target, email: parsed.form.email, error });
  }
  const { account } = result;
  if (result.outcome === 'signed-up') {
    const { email } = parsed.form;
    const { addressKnown, mayMail } = result;
    await mailNewAccount(context, { account, email, languages, addressKnown, mayMail });
    await call.audit('account.created', `account:${account.id}`);
  }
  return proceed(call, target, account, 'pwd');
}

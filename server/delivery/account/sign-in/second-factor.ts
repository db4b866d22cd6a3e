import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { MAX_RESPONSE_LENGTH } from '#domain/passkeys/response.ts';
import { signInWithPasskey } from '#domain/passkeys/sign-in.ts';
import { checkAppCode } from '#domain/second-factor/check.ts';
import { checkRecoveryCode } from '#domain/second-factor/recovery-codes.ts';
import { hasSecondFactor } from '#domain/second-factor/second-factor.ts';
import { knownBrowserOf } from '#engine/second-factor.ts';
import type { SignInMethod } from '#engine/sign-in-methods.ts';
import { retryAfter } from '#http/retry-after.ts';
import type { SecondFactorForm, SecondFactorProblem } from '#pages/second-factor-form.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { type AtGate, backToAttempt, heldAt, pass } from './attempt.ts';
import { proceedHeld } from './proceed.ts';
import { sendSecondFactor } from './second-factor-page.ts';

const MAX_INPUT_LENGTH = 200;
const typed = z.string().max(MAX_INPUT_LENGTH);
const formSchema = z.object({
  code: typed.catch(''),
  /** In the place of a code. */
  recovery_code: typed.optional().catch(''),
  trust: z.literal('yes').optional().catch(undefined),
});
const passkeySchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch('') });

export const secondFactorStepRoutes = [
  forAnyone('POST', '/signing-in/:attempt/second-factor', postSecondFactor),
  forAnyone('POST', '/signing-in/:attempt/second-factor-passkey', postSecondFactorPasskey),
];

/** A code of the app, or a recovery code. */
async function postSecondFactor(call: PortalCall): Promise<FastifyReply> {
  const at = await heldAt(call, 'second_factor');
  if (!at) return backToAttempt(call);
  const { code, recovery_code: recoveryCode, trust } = formSchema.parse(call.body ?? {});
  const trusts = trust !== undefined && call.context.config.secondFactor !== 'always';
  return recoveryCode === undefined ? byApp(call, at, code, trusts) : byRecoveryCode(call, at, recoveryCode, trusts);
}

/** A passkey of the account, which is both factors. */
async function postSecondFactorPasskey(call: PortalCall): Promise<FastifyReply> {
  const at = await heldAt(call, 'second_factor');
  if (!at) return backToAttempt(call);
  const { context, request, boundTo } = call;
  const result = await signInWithPasskey(context, {
    json: passkeySchema.parse(call.body ?? {}).response,
    form: boundTo,
    address: request.ip,
    onlyAs: at.account.id,
  });
  if (result.outcome === 'signed-in') return goOn(call, at, 'passkey', false);
  if (result.outcome === 'too_many_attempts')
    return refuse(call, at, 'app', { kind: 'too_many_attempts', retryAfterMs: result.retryAfterMs });
  const reason = result.outcome === 'passkey_refused' ? result.reason : result.outcome;
  await call.audit('passkey.refused', `account:${at.account.id}`, { reason });
  return refuse(call, at, 'app', { kind: 'passkey_refused' });
}

async function byApp(call: PortalCall, at: AtGate, code: string, trusts: boolean): Promise<FastifyReply> {
  const { context, languages, request } = call;
  const knownBrowser = await knownBrowserOf(context, request, at.account);
  const by = { typed: code, address: request.ip, knownBrowser, languages };
  const { outcome: kind, ...rest } = await checkAppCode(context, at.account, by);
  if (kind === 'right') return goOn(call, at, 'totp', trusts);
  // It was removed in another window meanwhile.
  if (kind === 'unavailable' && !(await hasSecondFactor(context, at.account)))
    return proceedHeld(call, at.attempt, at.account);
  return refuse(call, at, 'app', { kind, ...rest } as SecondFactorProblem);
}

async function byRecoveryCode(call: PortalCall, at: AtGate, code: string, trusts: boolean): Promise<FastifyReply> {
  const { context, languages, request } = call;
  const result = await checkRecoveryCode(context, at.account, { typed: code, address: request.ip, languages });
  if (result.outcome !== 'right') {
    const { outcome: kind, ...rest } = result;
    return refuse(call, at, 'recovery', { kind, ...rest } as SecondFactorProblem);
  }
  await call.audit('second_factor.recovery_code_used', `account:${at.account.id}`, { left: result.left });
  return goOn(call, at, 'recovery_code', trusts);
}

function goOn(call: PortalCall, at: AtGate, method: SignInMethod, trusts: boolean): Promise<FastifyReply> {
  const { held, ...attempt } = pass(at.attempt, 'second_factor');
  const proven = { ...held, methods: [...held.methods, method], ...(trusts && { trustsBrowser: true as const }) };
  return proceedHeld(call, { ...attempt, held: proven }, at.account);
}

async function refuse(
  call: PortalCall,
  at: AtGate,
  way: SecondFactorForm['way'],
  problem: SecondFactorProblem,
): Promise<FastifyReply> {
  if (problem.kind === 'wrong' || problem.kind === 'used')
    await call.audit('session.refused', `account:${at.account.id}`, { reason: 'invalid_second_factor' });
  const isTooOften = problem.kind === 'too_many_attempts';
  if (isTooOften) retryAfter(call.reply, problem.retryAfterMs);
  return sendSecondFactor(call, isTooOften ? 429 : 400, at, { way, problem });
}

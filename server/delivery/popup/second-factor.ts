import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { MAX_RESPONSE_LENGTH } from '../../domain/passkeys/response.ts';
import { signInWithPasskey } from '../../domain/passkeys/sign-in.ts';
import { checkAppCode } from '../../domain/second-factor/check.ts';
import { checkRecoveryCode } from '../../domain/second-factor/recovery-codes.ts';
import { hasSecondFactor } from '../../domain/second-factor/second-factor.ts';
import { traceOf } from '../../engine/attempts.ts';
import { knownBrowserOf } from '../../engine/second-factor.ts';
import type { SignInMethod } from '../../engine/sign-in-methods.ts';
import { retryAfter } from '../../http/retry-after.ts';
import type { SecondFactorForm, SecondFactorProblem } from '../../pages/second-factor-form.ts';
import { sendPage } from '../../pages/write-page.ts';
import { auditStep } from './audit.ts';
import { pass } from './held-sign-in.ts';
import { secondFactorPage } from './pages/second-factor-page.ts';
import { proceedHeld } from './proceed.ts';
import { secondFactorModel } from './second-factor-model.ts';
import type { Step } from './step.ts';
import { type AtSecondFactor, atSecondFactor, endStepUp, sessionToStepUp } from './step-up.ts';

const MAX_INPUT_LENGTH = 200;
const typed = z.string().max(MAX_INPUT_LENGTH);
const formSchema = z.object({
  code: typed.catch(''),
  /** In the place of a code. */
  recovery_code: typed.optional().catch(''),
  trust: z.literal('yes').optional().catch(undefined),
});
const passkeySchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch('') });

type Way = SecondFactorForm['way'];

/** GET recovery-code: the same page, for a recovery code. */
export async function getRecoveryCode(step: Step): Promise<FastifyReply> {
  const at = await atSecondFactor(step.context, step.interaction);
  if (!at) return step.reply.redirect(step.form.action, 303);
  return sendSecondFactor(step, at, 200, 'recovery');
}

/** POST second-factor: a code of the app, or a recovery code. */
export async function postSecondFactor(step: Step): Promise<FastifyReply> {
  const at = await whoIsAsked(step);
  if (!at) return step.reply.redirect(step.form.action, 303);
  const { code, recovery_code: recoveryCode, trust } = formSchema.parse(step.request.body);
  const trusts = trust !== undefined && step.context.config.secondFactor !== 'always';
  return recoveryCode === undefined ? byApp(step, at, code, trusts) : byRecoveryCode(step, at, recoveryCode, trusts);
}

/** POST second-factor-passkey: a passkey of the account, which is both factors. */
export async function postSecondFactorPasskey(step: Step): Promise<FastifyReply> {
  const at = await whoIsAsked(step);
  if (!at) return step.reply.redirect(step.form.action, 303);
  const { context, request, boundTo } = step;
  const subject = `account:${at.account.id}`;
  const result = await signInWithPasskey(context, {
    json: passkeySchema.parse(request.body).response,
    form: boundTo,
    address: request.ip,
    onlyAs: at.account.id,
  });
  if (result.outcome === 'signed-in') return goOn(step, at, 'passkey', false);
  if (result.outcome === 'too_many_attempts')
    return refuse(step, at, 'app', { kind: 'too_many_attempts', retryAfterMs: result.retryAfterMs });
  const reason = result.outcome === 'passkey_refused' ? result.reason : result.outcome;
  await auditStep(step, 'passkey.refused', 'anyone', { subject, detail: { reason } });
  return refuse(step, at, 'app', { kind: 'passkey_refused' });
}

async function byApp(step: Step, at: AtSecondFactor, code: string, trusts: boolean): Promise<FastifyReply> {
  const { context, request, page } = step;
  const knownBrowser = await knownBrowserOf(context, request, at.account);
  const by = { typed: code, address: request.ip, knownBrowser, languages: page.languages };
  const { outcome: kind, ...rest } = await checkAppCode(context, at.account, by);
  if (kind === 'right') return goOn(step, at, 'totp', trusts);
  // It was removed in another window meanwhile.
  if (kind === 'unavailable' && !(await hasSecondFactor(context, at.account)))
    return proceedHeld(step, at.account, at.held);
  return refuse(step, at, 'app', { kind, ...rest } as SecondFactorProblem);
}

async function byRecoveryCode(step: Step, at: AtSecondFactor, code: string, trusts: boolean): Promise<FastifyReply> {
  const { context, request, page } = step;
  const by = { typed: code, address: request.ip, languages: page.languages };
  const result = await checkRecoveryCode(context, at.account, by);
  if (result.outcome !== 'right') {
    const { outcome: kind, ...rest } = result;
    return refuse(step, at, 'recovery', { kind, ...rest } as SecondFactorProblem);
  }
  const subject = `account:${at.account.id}`;
  await auditStep(step, 'second_factor.recovery_code_used', subject, { subject, detail: { left: result.left } });
  return goOn(step, at, 'recovery_code', trusts);
}

/** Who is asked; nobody where the session has ended that they were signed in by, which sends them to sign in from the beginning. */
async function whoIsAsked(step: Step): Promise<AtSecondFactor | undefined> {
  const at = await atSecondFactor(step.context, step.interaction);
  if (!at?.held.isStepUp || (await sessionToStepUp(step, at.account)) !== undefined) return at;
  await endStepUp(step.interaction);
  return undefined;
}

function goOn(
  step: Step,
  { held, account }: AtSecondFactor,
  method: SignInMethod,
  trusts: boolean,
): Promise<FastifyReply> {
  const proven = { ...pass(held, 'second_factor'), methods: [...held.methods, method] };
  return proceedHeld(step, account, trusts ? { ...proven, trustsBrowser: true } : proven);
}

async function refuse(step: Step, at: AtSecondFactor, way: Way, problem: SecondFactorProblem): Promise<FastifyReply> {
  const { app, context, request, reply } = step;
  const subject = `account:${at.account.id}`;
  if (problem.kind === 'unavailable')
    await auditStep(step, 'session.refused', 'anyone', { subject, detail: { reason: 'second_factor_unreadable' } });
  if (problem.kind === 'wrong' || problem.kind === 'used') {
    const detail = { reason: 'invalid_code' };
    context.events.record(app.clientId, { kind: 'popup.sign_in_failed', ...traceOf(request), detail });
    await auditStep(step, 'session.refused', 'anyone', { subject, detail: { reason: 'invalid_second_factor' } });
  }
  const isTooOften = problem.kind === 'too_many_attempts';
  if (isTooOften) retryAfter(reply, problem.retryAfterMs);
  return sendSecondFactor(step, at, isTooOften ? 429 : 400, way, problem);
}

async function sendSecondFactor(
  step: Step,
  { account }: AtSecondFactor,
  status: number,
  way: Way,
  problem?: SecondFactorProblem,
): Promise<FastifyReply> {
  const model = await secondFactorModel(step.context, step, account, { way, problem });
  return sendPage(step.reply, status, secondFactorPage(step.page, model));
}

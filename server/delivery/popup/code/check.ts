import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ProvenAccount } from '#domain/accounts/prove-address.ts';
import { checkCode } from '#domain/codes/check-code.ts';
import type { CodeWay } from '#domain/codes/code-way.ts';
import { useCodeHere } from '#domain/directory/use-code.ts';
import { countPick, TooManyPicksError } from '#domain/sandbox/test-people.ts';
import { traceOf } from '#engine/attempts.ts';
import { retryAfter } from '#http/retry-after.ts';
import { testPeopleOf } from '#http/test-people-cookie.ts';
import type { CodeProblem } from '#pages/models.ts';
import { isShared } from '#storage/accounts.ts';
import type { MailedCode } from '#storage/mailed-codes.ts';
import { auditStep } from '../audit.ts';
import { heldAt, pass } from '../held-sign-in.ts';
import { ownCopy } from '../persona.ts';
import { proceed, proceedHeld } from '../proceed.ts';
import { sendSignIn, tooManyAttempts } from '../send-sign-in.ts';
import { type Step, sandboxAppOf } from '../step.ts';
import { sendCode } from './ask.ts';
import { codeAt } from './code-at.ts';
import { placeOf } from './held-code.ts';
import { openAccount } from './open-account.ts';

const MAX_INPUT_LENGTH = 200;
const formSchema = z.object({
  code: z.string().max(MAX_INPUT_LENGTH).catch(''),
  /** Set by the page's script when this device could make a passkey. */
  passkeys: z.literal('1').optional().catch(undefined),
});

interface AtCode {
  readonly email: string;
  readonly way: CodeWay;
}

/** POST code-check: the code from the mail. */
export async function postCodeCheck(step: Step): Promise<FastifyReply> {
  const { context, interaction, request } = step;
  const at = await codeAt(context, interaction);
  if (!at) return step.reply.redirect(step.form.action, 303);
  const { code: typed, passkeys } = formSchema.parse(request.body);
  const place = placeOf(interaction, at.way);
  const checked = await checkCode(context, { ...place, typed, address: request.ip, appId: sandboxAppOf(step) });
  if (checked.outcome === 'right') return signInBy(step, at, checked.code, passkeys !== undefined);
  const { outcome: kind, ...rest } = checked;
  return refuse(step, at, { kind, ...rest } as CodeProblem);
}

async function signInBy(step: Step, at: AtCode, code: MailedCode, canMakePasskey: boolean): Promise<FastifyReply> {
  const { context, interaction, page, request } = step;
  const [locale] = page.languages;
  const proven = await useCodeHere(context, placeOf(interaction, at.way), code, {
    address: request.ip,
    appId: sandboxAppOf(step),
    testPeople: testPeopleOf(context, request.raw),
    within: await openAccount(step, at.email),
    locale,
  });
  if (proven.outcome === 'over') return refuse(step, at, { kind: 'over' });
  // Only whoever reads the mail of the address is told.
  if (proven.outcome !== 'proven')
    return sendSignIn(step, proven.outcome === 'directory_down' ? 503 : 403, {
      email: at.email,
      error: proven.outcome,
    });
  if (proven.isMade) await auditStep(step, 'account.created', 'anyone', { subject: `account:${proven.account.id}` });
  if (proven.account.blocked) return sendSignIn(step, 403, { email: at.email, error: 'account_blocked' });
  if (proven.account.deletionDueAt) return sendSignIn(step, 400, { email: at.email, error: 'account_leaving' });
  return goOn(step, at, proven, canMakePasskey);
}

async function goOn(
  step: Step,
  { way }: AtCode,
  { account, isNew }: ProvenAccount,
  canMakePasskey: boolean,
): Promise<FastifyReply> {
  const at = await heldAt(step.context, step.interaction, 'verified_address');
  if (at?.account.id === account.id) {
    const held = pass(at.held, 'verified_address');
    return proceedHeld(step, account, { ...held, methods: [...held.methods, 'code'] });
  }
  if (isShared(account)) return signInCopy(step, account.persona ?? '');
  return proceed(step, account, 'code', {
    ...(isNew && { isNew }),
    ...(way === 'forgot' && { forgotPassword: true }),
    ...(canMakePasskey && { canMakePasskey }),
  });
}

/** Sandbox only: each browser has copies of its own of the test people whom everybody sees. */
async function signInCopy(step: Step, persona: string): Promise<FastifyReply> {
  try {
    await countPick(step.context, step.request.ip);
    return await proceed(step, await ownCopy(step, persona), 'code');
  } catch (error) {
    if (error instanceof TooManyPicksError) return tooManyAttempts(step, undefined, error.retryAfterMs);
    throw error;
  }
}

async function refuse(step: Step, at: AtCode, problem: CodeProblem): Promise<FastifyReply> {
  const { app, context, request } = step;
  if ('retryAfterMs' in problem) retryAfter(step.reply, problem.retryAfterMs);
  if (problem.kind === 'wrong' || problem.kind === 'over') {
    const reason = 'invalid_code';
    context.events.record(app.clientId, { kind: 'popup.sign_in_failed', ...traceOf(request), detail: { reason } });
    await auditStep(step, 'session.refused', 'anyone', { detail: { reason } });
  }
  return sendCode(step, problem.kind === 'too_many_attempts' ? 429 : 400, at, problem);
}

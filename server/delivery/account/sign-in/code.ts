import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { type EmailProblem, parseEmail } from '#domain/accounts/credential-schemas.ts';
import type { ProvenAccount } from '#domain/accounts/prove-address.ts';
import type { AskedForCode } from '#domain/codes/ask-for-code.ts';
import { checkCode } from '#domain/codes/check-code.ts';
import { type CodeWay, codeWaySchema } from '#domain/codes/code-way.ts';
import { useCodeHere } from '#domain/directory/use-code.ts';
import { retryAfter } from '#http/retry-after.ts';
import type { CodeProblem } from '#pages/models.ts';
import { typedSignUp } from '#pages/sign-up-fields.ts';
import { continuation } from '#portal/continue.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import type { MailedCode } from '#storage/mailed-codes.ts';
import { ownWay } from '../identities/own-way.ts';
import { type AtCode, askHere, openAccount, placeOf } from './ask-here.ts';
import {
  type Attempt,
  attemptPath,
  backToAttempt,
  findAttempt,
  heldAccount,
  keepAttempt,
  newAttempt,
  pass,
} from './attempt.ts';
import { admitCall, sendBotCheck } from './bot-check.ts';
import { sendCode } from './code-page.ts';
import { sendConfirm } from './confirm-page.ts';
import { sendForgotPassword } from './forgot-password-page.ts';
import { GATES } from './gates/gates.ts';
import { proceedHeld, proceedIn } from './proceed.ts';
import { sendSignIn } from './sign-in-page.ts';
import { sendSignUp } from './sign-up-page.ts';

const MAX_INPUT_LENGTH = 1_000;
const text = z.string().max(MAX_INPUT_LENGTH).catch('');
const askSchema = z.object({ email: text, way: codeWaySchema.catch('sign_in') });
const checkSchema = z.object({ code: text });

/** In the sandbox, mail reaches nobody, and no app's page is there that could show the code. */
const options = { realms: ['production'] } as const;

/** A code that is mailed: signing in by it, signing up, and what leads to a new password. */
export const codeRoutes = [
  forAnyone('POST', '/sign-in/code', ownWay(postCode), options),
  forAnyone('GET', '/signing-in/:attempt', getAttempt),
  forAnyone('POST', '/signing-in/:attempt/code-check', ownWay(postCodeCheck), options),
  forAnyone('POST', '/signing-in/:attempt/code-again', ownWay(postCodeAgain), options),
];

/** Mails a code to the address that was typed, whoever has it. */
async function postCode(call: PortalCall): Promise<FastifyReply> {
  const target = continuation(call, call.body);
  const { email: typed, way: wanted } = askSchema.parse(call.body ?? {});
  // Whoever is signed in confirms the address that the account has.
  const own = wanted === 'confirm' ? call.account?.email : undefined;
  const way = own === undefined && wanted === 'confirm' ? 'sign_in' : wanted;
  const parsed = parseEmail(own ?? typed);
  if ('problem' in parsed) return sendAskedFrom(call, 400, way, { target, email: typed, problem: parsed.problem });
  const at = { email: parsed.email, way };
  const admitted = way === 'confirm' ? undefined : await admitCall(call, way, at.email);
  if (admitted && admitted.outcome !== 'admitted') {
    const fields = { email: at.email, way, continue: target };
    return sendBotCheck(call, { path: '/sign-in/code', fields }, admitted);
  }
  const attempt = { ...newAttempt(call, target), code: at };
  const asked = await askHere(call, attempt, at);
  switch (asked.outcome) {
    case 'not_mailed':
      return sendAskedFrom(call, 429, way, { target, email: at.email, error: 'code_not_mailed' });
    case 'too_many_attempts':
      return sendAskedFrom(call, 429, way, { target, email: at.email, retryAfterMs: asked.retryAfterMs });
    default:
      await keepAttempt(call.context, attempt);
      return call.reply.redirect(attemptPath(call, attempt), 303);
  }
}

interface Refused {
  target: string;
  email: string;
  problem?: EmailProblem;
  error?: 'code_not_mailed';
  retryAfterMs?: number;
}

/** Where an attempt is; reloading shows it again. */
async function getAttempt(call: PortalCall): Promise<FastifyReply> {
  const attempt = await findAttempt(call);
  const at = attempt && (await heldAccount(call.context, attempt));
  const gate = GATES.find(({ name }) => name === at?.attempt.held.gate);
  if (at && gate) return gate.send(call, at.attempt, at.account);
  return attempt?.code ? sendCode(call, 200, attempt, attempt.code) : startAgain(call);
}

/** The code from the mail. */
async function postCodeCheck(call: PortalCall): Promise<FastifyReply> {
  const { context, request } = call;
  const found = await codeAt(call);
  if (!found) return backToAttempt(call);
  const { attempt, at } = found;
  const { code: typed } = checkSchema.parse(call.body ?? {});
  const checked = await checkCode(context, { ...placeOf(attempt, at.way), typed, address: request.ip });
  if (checked.outcome === 'right') return signInBy(call, attempt, at, checked.code);
  const { outcome: kind, ...rest } = checked;
  return refuse(call, attempt, at, { kind, ...rest } as CodeProblem);
}

/** Another one, which ends the one before. */
async function postCodeAgain(call: PortalCall): Promise<FastifyReply> {
  const found = await codeAt(call);
  if (!found) return backToAttempt(call);
  const { attempt, at } = found;
  const asked = await askHere(call, attempt, at);
  if (asked.outcome === 'asked') return call.reply.redirect(attemptPath(call, attempt), 303);
  if ('retryAfterMs' in asked) retryAfter(call.reply, asked.retryAfterMs);
  return sendCode(call, 429, attempt, at, notSent(asked));
}

function notSent(asked: Exclude<AskedForCode, { outcome: 'asked' }>): CodeProblem {
  return asked.outcome === 'not_mailed'
    ? { kind: 'not_mailed' }
    : { kind: asked.outcome, retryAfterMs: asked.retryAfterMs };
}

/** The code that an attempt asks for: at the gate of the confirmed address, or where somebody has asked for one. */
async function codeAt(call: PortalCall): Promise<{ attempt: Attempt; at: AtCode } | undefined> {
  const attempt = await findAttempt(call);
  if (!attempt?.held) return attempt?.code && { attempt, at: attempt.code };
  if (attempt.held.gate !== 'verified_address') return undefined;
  const email = (await heldAccount(call.context, attempt))?.account.email;
  return email === undefined ? undefined : { attempt, at: { email, way: 'confirm' } };
}

async function signInBy(call: PortalCall, attempt: Attempt, at: AtCode, code: MailedCode): Promise<FastifyReply> {
  const { context, languages, request } = call;
  const [locale] = languages;
  const within = await openAccount(call, attempt, at.email);
  const proven = await useCodeHere(context, placeOf(attempt, at.way), code, { address: request.ip, within, locale });
  if (proven.outcome === 'over') return refuse(call, attempt, at, { kind: 'over' });
  // Only whoever reads the mail of the address is told.
  if (proven.outcome !== 'proven') {
    const { outcome: error } = proven;
    await call.audit('session.refused', 'account', { reason: error });
    const status = error === 'directory_down' ? 503 : 403;
    return sendSignIn(call, status, { continue: attempt.continue, email: at.email, error });
  }
  const { account, isMade } = proven;
  if (isMade) await call.audit('account.created', `account:${account.id}`);
  if (account.blocked) {
    await call.audit('session.refused', 'account', { reason: 'account_blocked' });
    return sendSignIn(call, 403, { continue: attempt.continue, email: at.email, error: 'account_blocked' });
  }
  return goOn(call, attempt, at, proven);
}

async function goOn(call: PortalCall, attempt: Attempt, { way }: AtCode, proven: ProvenAccount): Promise<FastifyReply> {
  const { account, isNew } = proven;
  const at = await heldAccount(call.context, attempt);
  if (at?.account.id === account.id) {
    const { held, ...rest } = pass(at.attempt, 'verified_address');
    return proceedHeld(call, { ...rest, held: { ...held, methods: [...held.methods, 'code'] } }, account);
  }
  // The account that was signed in here may have claimed an address that is another's. What it was on its way to is none of theirs.
  const isOther = way === 'confirm' && call.account !== undefined && call.account.id !== account.id;
  return proceedIn(call, { ...attempt, ...(isOther && { continue: call.base }) }, account, {
    methods: ['code'],
    ...(isNew && { isNew }),
    ...(way === 'forgot' && { forgotPassword: true }),
  });
}

async function refuse(call: PortalCall, attempt: Attempt, at: AtCode, problem: CodeProblem): Promise<FastifyReply> {
  if ('retryAfterMs' in problem) retryAfter(call.reply, problem.retryAfterMs);
  if (problem.kind === 'wrong' || problem.kind === 'over')
    await call.audit('session.refused', 'account', { reason: 'invalid_code' });
  return sendCode(call, problem.kind === 'too_many_attempts' ? 429 : 400, attempt, at, problem);
}

/** The page again from which the code was asked for. */
function sendAskedFrom(call: PortalCall, status: number, way: CodeWay, refused: Refused): Promise<FastifyReply> {
  const { target, email, problem, error, retryAfterMs } = refused;
  const waits = retryAfterMs !== undefined;
  const failed = error ?? (waits ? ('too_many_attempts' as const) : undefined);
  const why = { ...(failed && { error: failed }), ...(waits && { retryAfterMs }) };
  switch (way) {
    case 'forgot':
      return sendForgotPassword(call, status, { email, continue: target, ...(problem && { problem }), ...why });
    case 'sign_up':
      return sendSignUp(call, status, {
        continue: target,
        values: { ...typedSignUp(call.body), email },
        errors: problem ? { email: problem } : {},
        ...(error && { notMailed: true }),
        ...(waits && { retryAfterMs }),
      });
    case 'confirm':
      return call.account
        ? sendConfirm({ ...call, account: call.account }, status, { continue: target, ...why })
        : startAgain(call);
    default:
      return sendSignIn(call, status, { continue: target, email, ...(problem && { emailProblem: problem }), ...why });
  }
}

/** It has ended, took too long, or began in another browser. */
async function startAgain(call: PortalCall): Promise<FastifyReply> {
  return call.reply.redirect(`${call.base}/sign-in?expired=1`, 303);
}

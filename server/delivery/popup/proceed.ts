import type { FastifyReply } from 'fastify';
import { admitByDirectory, type DirectoryRefusal } from '../../domain/directory/admit.ts';
import type { SignInMethod } from '../../engine/sign-in-methods.ts';
import type { Account } from '../../storage/accounts.ts';
import { GATES } from './gates/gates.ts';
import { forgetSignIn, type HeldSignIn, holdSignIn } from './held-sign-in.ts';
import { sendSignIn } from './send-sign-in.ts';
import { finishSignIn, type Step } from './step.ts';
import { endStepUp, sessionToStepUp } from './step-up.ts';

/** Goes on with somebody who has just proven who they are. Every way to sign in ends here. */
export function proceed(
  step: Step,
  account: Account,
  method: SignInMethod,
  known: Partial<Omit<HeldSignIn, 'accountId' | 'signOutCount' | 'methods'>> = {},
): Promise<FastifyReply> {
  const { id: accountId, signOutCount } = account;
  return proceedHeld(step, account, { passed: [], ...known, accountId, signOutCount, methods: [method] });
}

/** Of these ways in, the operator's directory has been asked already, or knows nobody. */
const ALREADY_ASKED: readonly SignInMethod[] = ['pwd', 'code', 'persona'];

/** Stops at the first gate that is open; without one, the account is signed in. */
export async function proceedHeld(step: Step, account: Account, held: HeldSignIn): Promise<FastifyReply> {
  const isFirst = held.gate === undefined && held.passed.length === 0 && !held.isStepUp;
  if (isFirst && !held.methods.some((method) => ALREADY_ASKED.includes(method))) {
    const admitted = await admitByDirectory(step.context, account, step.request.ip);
    if (admitted !== 'admitted') return refuse(step, admitted);
  }
  for (const gate of GATES) {
    if (held.passed.includes(gate.name) || !(await gate.opens(step, held, account))) continue;
    await holdSignIn(step.interaction, { ...held, signOutCount: account.signOutCount, gate: gate.name });
    return step.reply.redirect(step.form.action, 303);
  }
  if (!held.isStepUp) return finishSignIn(step, account, held);
  const signedInAt = await sessionToStepUp(step, account);
  if (signedInAt !== undefined) return finishSignIn(step, account, { ...held, signedInAt });
  await endStepUp(step.interaction);
  return step.reply.redirect(step.form.action, 303);
}

async function refuse(step: Step, error: DirectoryRefusal): Promise<FastifyReply> {
  await forgetSignIn(step.interaction);
  return sendSignIn(step, error === 'directory_down' ? 503 : 403, { error });
}

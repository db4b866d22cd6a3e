import type { FastifyReply } from 'fastify';
import type { SignInMethod } from '../../engine/sign-in-methods.ts';
import type { Account } from '../../storage/accounts.ts';
import { GATES } from './gates/gates.ts';
import { type HeldSignIn, holdSignIn } from './held-sign-in.ts';
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

/** Stops at the first gate that is open; without one, the account is signed in. */
export async function proceedHeld(step: Step, account: Account, held: HeldSignIn): Promise<FastifyReply> {
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

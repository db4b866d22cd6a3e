import type { FastifyReply } from 'fastify';
import { admitByDirectory } from '#domain/directory/admit.ts';
import { endedSince } from '#domain/identities/session-there.ts';
import type { SignInMethod } from '#engine/sign-in-methods.ts';
import { beginSession } from '#portal/begin-session.ts';
import type { PortalCall } from '#portal/route.ts';
import type { Account } from '#storage/accounts.ts';
import {
  type Attempt,
  attemptPath,
  endAttempt,
  type HeldAttempt,
  type HeldSignIn,
  keepAttempt,
  newAttempt,
} from './attempt.ts';
import { GATES } from './gates/gates.ts';

/**
 * Goes on with somebody who has just proven who they are. Every way to sign in at the account pages ends here.
 * @param target where to go on afterwards, as `continuation` returned it
 */
export function proceed(
  call: PortalCall,
  target: string,
  account: Account,
  method: SignInMethod,
): Promise<FastifyReply> {
  return proceedIn(call, newAttempt(call, target), account, { methods: [method] });
}

/** The same in an attempt that has begun before, such as with a code. */
export function proceedIn(
  call: PortalCall,
  attempt: Attempt,
  account: Account,
  known: Partial<Omit<HeldSignIn, 'signOutCount'>> & Pick<HeldSignIn, 'methods'>,
): Promise<FastifyReply> {
  const { code: _typed, ...rest } = attempt;
  const { id: accountId, signOutCount } = account;
  return proceedHeld(call, { ...rest, held: { passed: [], ...known, accountId, signOutCount } }, account);
}

/** Of these ways in, the operator's directory has been asked already, or knows nobody. */
const ALREADY_ASKED: readonly SignInMethod[] = ['pwd', 'code', 'persona'];

/** Stops at the first gate that is open; without one, the account is signed in. */
export async function proceedHeld(call: PortalCall, attempt: HeldAttempt, account: Account): Promise<FastifyReply> {
  const { held } = attempt;
  const isFirst = held.gate === undefined && held.passed.length === 0 && held.stepUpOf === undefined;
  if (isFirst && !held.methods.some((method) => ALREADY_ASKED.includes(method))) {
    const admitted = await admitByDirectory(call.context, account, call.request.ip);
    if (admitted !== 'admitted') {
      await call.audit('session.refused', 'account', { reason: admitted });
      const query = new URLSearchParams({ refused: admitted, continue: attempt.continue });
      return call.reply.redirect(`${call.base}/sign-in?${query}`, 303);
    }
  }
  for (const gate of GATES) {
    if (held.passed.includes(gate.name) || !(await gate.opens(call, attempt, account))) continue;
    await keepAttempt(call.context, {
      ...attempt,
      held: { ...held, signOutCount: account.signOutCount, gate: gate.name },
    });
    return call.reply.redirect(attemptPath(call, attempt), 303);
  }
  // What was proven in a session goes on in that one, and with it ends.
  const { stepUpOf, there } = held;
  const isOver = stepUpOf !== undefined && (call.session.uid !== stepUpOf || call.account?.id !== account.id);
  // The person has signed out there while they were at one of our pages.
  if (there && (await endedSince(call.context, there))) return call.reply.redirect(`${call.base}/sign-in`, 303);
  // Another page of the same attempt may have come to the end a moment ago.
  const isEnded = attempt.isKept && !(await endAttempt(call.context, attempt));
  if (isOver || isEnded) return call.reply.redirect(attempt.continue, 303);
  // A second factor that is given later makes the sign-in no newer.
  const provenAt = held.signedInAt === undefined ? undefined : new Date(held.signedInAt * 1000);
  const signedInAt = stepUpOf === undefined ? provenAt : call.session.signedInAt;
  await beginSession(call, account, held.methods, {
    trust: held.trustsBrowser === true,
    signedInAt,
    there,
  });
  return call.reply.redirect(attempt.continue, 303);
}

import { hasSecondFactor } from '../../domain/second-factor/second-factor.ts';
import { ACR_REASONS, wantsTwoFactors } from '../../engine/acr.ts';
import type { Interaction } from '../../engine/engine-internals.ts';
import { passwordIn } from '../../engine/sign-in-methods.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';
import { type HeldSignIn, heldAccount, heldAt, heldIn, hold } from './held-sign-in.ts';
import type { InteractionLike } from './interaction-view.ts';
import { type Step, sessionOf } from './step.ts';

/** Who is asked for their second factor. */
export interface AtSecondFactor {
  readonly held: HeldSignIn;
  readonly account: Account;
}

const ACR: ReadonlySet<string> = new Set(ACR_REASONS);

/** Who is at the gate, or is signed in by a password and lacks nothing but the second factor for what the app asks. */
export async function atSecondFactor(
  context: RealmContext,
  interaction: InteractionLike,
): Promise<AtSecondFactor | undefined> {
  return (await heldAt(context, interaction, 'second_factor')) ?? (await stepUp(context, interaction));
}

/** Keeps an interaction from asking whoever is signed in for the second factor alone. They sign in from the beginning. */
export function endStepUp(interaction: Interaction): Promise<void> {
  return hold(interaction, { signIn: undefined, stepUp: 'over' });
}

/**
 * The session from which a sign-in goes on, if the browser still has it: the interaction remembers one that may have ended since.
 * @returns when the person signed in, in seconds, because a second factor makes no first one newer; undefined when it has ended
 */
export async function sessionToStepUp(step: Step, account: Account): Promise<number | undefined> {
  const session = await sessionOf(step);
  const isSame = session.uid === step.interaction.session?.uid && session.accountId === account.id;
  const isAlive = isSame && (await step.context.rows.sessions.find(account.id, session.uid)) !== undefined;
  return isAlive ? session.loginTs : undefined;
}

async function stepUp(context: RealmContext, interaction: InteractionLike): Promise<AtSecondFactor | undefined> {
  const { prompt, session, params, result } = interaction;
  if (heldIn(interaction) || (result as { stepUp?: unknown } | undefined)?.stepUp !== undefined) return undefined;
  const { reasons = [] } = prompt;
  const isForAcr = prompt.name === 'login' && reasons.length > 0 && reasons.every((reason) => ACR.has(reason));
  const methods = passwordIn(session);
  if (!isForAcr || !session || !methods || !wantsTwoFactors(params)) return undefined;
  const { accountId } = session;
  // The session is alive, so that nothing has ended what was proven in it.
  const { signOutCount } = (await context.rows.accounts.find(accountId)) ?? {};
  const held = { accountId, signOutCount, methods, gate: 'second_factor', passed: [], isStepUp: true } as const;
  const at = await heldAccount(context, { result: { signIn: held } });
  return at && (await hasSecondFactor(context, at.account)) ? at : undefined;
}

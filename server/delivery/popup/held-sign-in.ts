import { z } from 'zod';
import { sessionThereSchema } from '../../domain/identities/session-there.ts';
import type { Interaction } from '../../engine/engine-internals.ts';
import { signInMethodSchema } from '../../engine/sign-in-methods.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { Account } from '../../storage/accounts.ts';

/** What may stand between a proof and being signed in, in this order (gates/gates.ts). */
export const GATE_NAMES = [
  'second_factor',
  'link_identity',
  'breached_password',
  'new_password',
  'verified_address',
  'name',
  'passkey_offer',
] as const;
export type GateName = (typeof GATE_NAMES)[number];

const heldSchema = z.object({
  accountId: z.string(),
  /** The account's when it was proven: if everything has been ended since, the proof is void. */
  signOutCount: z.number().default(0),
  /** What the person has proven so far. */
  methods: z.array(signInMethodSchema),
  /** The gate at which they are. */
  gate: z.enum(GATE_NAMES).optional(),
  /** The gates that need not be asked again. */
  passed: z.array(z.enum(GATE_NAMES)),
  /** The account was made a moment ago, by the proof of its address, and has nothing else. */
  isNew: z.literal(true).optional(),
  /** The person came because of a forgotten password. */
  forgotPassword: z.literal(true).optional(),
  /** The person does not want to be asked for the second factor in this browser again. */
  trustsBrowser: z.literal(true).optional(),
  /** The person is signed in, and proves more. */
  isStepUp: z.literal(true).optional(),
  /** The page's script has said that this device could make a passkey. */
  canMakePasskey: z.literal(true).optional(),
  /** By which session at another login. */
  there: sessionThereSchema.optional(),
  /** When the person proved it there, in seconds since 1970. Default: now. */
  signedInAt: z.number().optional(),
});

/**
 * A sign-in that is under way: the interaction stores who has proven to be who they are, while a gate still asks them something. That is not a
 * `login` yet, because nobody is signed in before the last gate.
 */
export type HeldSignIn = z.infer<typeof heldSchema>;

const resultSchema = z.object({ signIn: heldSchema.optional().catch(undefined), login: z.unknown().optional() });

type HoldingInteraction = { readonly result?: unknown };

/** The sign-in that an interaction holds. */
export function heldIn({ result }: HoldingInteraction): HeldSignIn | undefined {
  const { data } = resultSchema.safeParse(result ?? {});
  return data?.login === undefined ? data?.signIn : undefined;
}

/** The same and its account, unless that is blocked or about to be deleted, or everything that is signed in as it has been ended since. */
export async function heldAccount(
  { rows }: RealmContext,
  interaction: HoldingInteraction,
): Promise<{ held: HeldSignIn; account: Account } | undefined> {
  const held = heldIn(interaction);
  const account = held && (await rows.accounts.find(held.accountId));
  const isValid = account?.signOutCount === held?.signOutCount && !account?.blocked && !account?.deletionDueAt;
  return held && account && isValid ? { held, account } : undefined;
}

/** The same, of somebody who is at this gate. */
export async function heldAt(
  context: RealmContext,
  interaction: HoldingInteraction,
  gate: GateName,
): Promise<{ held: HeldSignIn; account: Account } | undefined> {
  return heldIn(interaction)?.gate === gate ? heldAccount(context, interaction) : undefined;
}

/** The sign-in with that gate behind it. */
export function pass({ gate: _open, ...held }: HeldSignIn, gate: GateName): HeldSignIn {
  return { ...held, passed: [...held.passed, gate] };
}

export async function holdSignIn(interaction: Interaction, signIn: HeldSignIn): Promise<void> {
  // Whoever has a sign-in under way has typed the code.
  await hold(interaction, { signIn, codeWay: undefined });
}

/** Forgets a sign-in that is under way, because somebody tries to sign in as somebody else. */
export async function forgetSignIn(interaction: Interaction): Promise<void> {
  if (heldIn(interaction)) await hold(interaction, { signIn: undefined });
}

/** Makes an interaction nobody's, for as long as everything ends that is an account's. */
export async function disown(interaction: Interaction): Promise<void> {
  const { lastSubmission } = interaction as { lastSubmission?: { login?: unknown } | undefined };
  delete lastSubmission?.login;
  await hold(interaction, { signIn: undefined });
}

/** Changes what the interaction keeps while nothing is decided. Nothing of an answer is kept by it. */
export async function hold(interaction: Interaction, change: Record<string, unknown>): Promise<void> {
  const holding = interaction as { result?: Record<string, unknown> | undefined };
  const { login: _answer, error: _refusal, ...before } = holding.result ?? {};
  const entries = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  holding.result = entries.length > 0 ? Object.fromEntries(entries) : undefined;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

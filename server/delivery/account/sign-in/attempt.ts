import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { codeWaySchema } from '#domain/codes/code-way.ts';
import { sessionThereSchema } from '#domain/identities/session-there.ts';
import { signInMethodSchema } from '#engine/sign-in-methods.ts';
import { browserOf, ensureBrowser, hashOfBrowser } from '#http/browser-cookie.ts';
import type { RealmContext } from '#http/realm-context.ts';
import type { PortalCall } from '#portal/route.ts';
import type { Account } from '#storage/accounts.ts';
import { randomId } from '#storage/ids.ts';

/** One that contains the sign-in of an account ends with its sessions (storage/sessions.ts). */
const MODEL = 'PortalSignIn';
const LIFETIME_SECONDS = 30 * 60;

/** What may stand between a proof and being signed in, in this order (gates/gates.ts). */
export const GATE_NAMES = ['second_factor', 'breached_password', 'new_password', 'verified_address', 'name'] as const;
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
  /** The session whose person proves more: its public identifier. */
  stepUpOf: z.string().optional(),
  /** By which session at another login. */
  there: sessionThereSchema.optional(),
  /** When the person proved it there, in seconds since 1970. Default: now. */
  signedInAt: z.number().optional(),
});

/** Who has proven to be who they are, while a gate still asks them something. Nobody is signed in before the last gate. */
export type HeldSignIn = z.infer<typeof heldSchema>;

const attemptSchema = z.object({
  browserHash: z.string(),
  /** Where to go on afterwards, as `continuation` returned it. */
  continue: z.string(),
  /** Where a code was mailed, and why. */
  code: z.object({ email: z.string(), way: codeWaySchema }).optional(),
  held: heldSchema.optional(),
});

/** A sign-in at the account pages that takes more than one page. It belongs to one browser, and works for half an hour. */
export interface Attempt extends z.infer<typeof attemptSchema> {
  readonly id: string;
  /** It is stored, and can end once. */
  readonly isKept?: true;
}

/** One that belongs to somebody who is at a gate. */
export type HeldAttempt = Attempt & { readonly held: HeldSignIn };

/** Who is at a gate, in which attempt. */
export interface AtGate {
  readonly attempt: HeldAttempt;
  readonly account: Account;
}

/** Begins an attempt. It is not kept before {@link keepAttempt}. */
export function newAttempt({ context, request, reply }: PortalCall, target: string): Attempt {
  const browserHash = hashOfBrowser(ensureBrowser(context, request.raw, reply.raw));
  return { id: randomId(), browserHash, continue: target };
}

/** The attempt that the path names, if it is this browser's and has not come to its end. */
export async function findAttempt({ context, params, request }: PortalCall): Promise<Attempt | undefined> {
  const { attempt: id = '' } = params;
  const browser = browserOf(context, request.raw);
  const record = browser === undefined ? undefined : await context.rows.oidcRecords.find(MODEL, id);
  const { data } = attemptSchema.safeParse(record?.payload);
  if (!data || record?.consumedAt || browser === undefined || data.browserHash !== hashOfBrowser(browser))
    return undefined;
  return { ...data, id, isKept: true };
}

/** Keeps an attempt, or what has changed in it. One that has ended stays so. */
export async function keepAttempt(
  { rows }: Pick<RealmContext, 'rows'>,
  { id, isKept: _, ...attempt }: Attempt,
): Promise<void> {
  const { accountId } = attempt.held ?? {};
  const payload = { ...attempt, ...(accountId !== undefined && { accountId }) };
  await rows.oidcRecords.save(MODEL, id, payload, LIFETIME_SECONDS);
}

/** @returns false when it has ended, or been ended at the same moment */
export function endAttempt({ rows }: Pick<RealmContext, 'rows'>, { id }: Attempt): Promise<boolean> {
  return rows.oidcRecords.consume(MODEL, id);
}

/** Who is at this gate, unless the account is blocked. */
export async function heldAt(call: PortalCall, gate: GateName): Promise<AtGate | undefined> {
  const attempt = await findAttempt(call);
  return attempt?.held?.gate === gate ? heldAccount(call.context, attempt) : undefined;
}

/** The account of a sign-in that is under way, unless it is blocked or everything that is signed in as it has been ended since. */
export async function heldAccount(
  { rows }: Pick<RealmContext, 'rows'>,
  { held, ...attempt }: Attempt,
): Promise<AtGate | undefined> {
  const account = held && (await rows.accounts.find(held.accountId));
  const isValid = account?.signOutCount === held?.signOutCount && !account?.blocked;
  return held && account && isValid ? { attempt: { ...attempt, held }, account } : undefined;
}

/** The attempt with that gate behind it. */
export function pass({ held, ...attempt }: HeldAttempt, gate: GateName): HeldAttempt {
  const { gate: _open, ...rest } = held;
  return { ...attempt, held: { ...rest, passed: [...held.passed, gate] } };
}

export function attemptPath({ base }: Pick<PortalCall, 'base'>, { id }: Pick<Attempt, 'id'>): string {
  return `${base}/signing-in/${id}`;
}

/** To where the attempt is that the path names, for who sends the form of another step. */
export function backToAttempt({ base, params, reply }: PortalCall): FastifyReply {
  return reply.redirect(`${base}/signing-in/${encodeURIComponent(params['attempt'] ?? '')}`, 303);
}

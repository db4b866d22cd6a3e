import { createHmac, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { DomainContext } from '../context.ts';

/** What the form is for that carries it: a code to sign in by, a new account, or a forgotten password. */
export type PuzzleAct = 'sign_in' | 'sign_up' | 'forgot';

export interface PuzzlePlace {
  act: PuzzleAct;
  /** What the form belongs to, such as the interaction, which belongs to one browser. */
  place: string;
}

/** How hard a puzzle is: as usual, or as while somebody attacks with many networks. */
export const LEVELS = { raised: 1, attack: 4 } as const;
export type Level = (typeof LEVELS)[keyof typeof LEVELS];

/** For how long a page may stand before its form is sent. */
export const PUZZLE_LIFETIME_MS = 30 * 60 * 1000;
/** How long whoever cannot solve it waits instead. */
export const PAUSE_MS = 20_000;

const ALGORITHM = 'PBKDF2/SHA-256';
/** Iterations of one attempt. It takes us a millisecond, once for each puzzle, and a browser much longer than its own call does. */
const COST = 3_000;
/** A puzzle takes so many attempts at most, and half of them on average. ADR 0049 has the time that they take. */
const MAX_ATTEMPTS = 2_000;

const USED_MODEL = 'UsedPuzzle';

/** As long as what we make, so that nobody has us parse more. */
const MAX_GIVEN_LENGTH = 2_000;
const hex = z
  .string()
  .regex(/^(?:[0-9a-f]{2})+$/)
  .max(128);
const whole = z.number().int().nonnegative();
const challengeSchema = z.strictObject({
  parameters: z.strictObject({
    algorithm: z.literal(ALGORITHM),
    nonce: hex,
    salt: hex,
    cost: whole,
    keyLength: whole,
    keyPrefix: hex,
    keySignature: hex,
    expiresAt: whole,
    data: z.strictObject({ level: whole, place: z.string().max(64) }),
  }),
  signature: hex,
});
const givenSchema = z.strictObject({
  challenge: challengeSchema,
  /** Absent where no script has run. */
  solution: z.object({ counter: whole, derivedKey: hex }).optional(),
});

/** What a form has sent. */
export type GivenPuzzle = z.infer<typeof givenSchema>;

interface PuzzleContext extends Pick<DomainContext, 'realm' | 'rows'> {
  readonly cookieKey: string;
}

/**
 * Makes a puzzle of ALTCHA's second kind (https://altcha.org): a key is derived from a number below {@link MAX_ATTEMPTS}, and whoever tries
 * the numbers one after the other finds the one whose key begins as the puzzle says. The server stores nothing: the puzzle is signed, and so
 * is the rest of the key. It is for one form in one place, of which it has no more than a hash.
 *
 * @returns what a form carries: base64 of JSON
 */
export async function makePuzzle(context: PuzzleContext, at: PuzzlePlace, level: Level): Promise<string> {
  const { createChallenge, deriveKey } = await altcha();
  const challenge = await createChallenge({
    algorithm: ALGORITHM,
    cost: COST,
    counter: randomInt(MAX_ATTEMPTS * level),
    deriveKey,
    expiresAt: Math.floor((Date.now() + PUZZLE_LIFETIME_MS) / 1000),
    data: { level, place: placeHash(context, at) },
    ...secretsOf(context),
  });
  return Buffer.from(JSON.stringify({ challenge })).toString('base64');
}

/** Reads what a form has sent. @returns undefined for what cannot be one of our puzzles */
export function readPuzzle(given: unknown): GivenPuzzle | undefined {
  if (typeof given !== 'string' || given.length > MAX_GIVEN_LENGTH) return undefined;
  try {
    return givenSchema.safeParse(JSON.parse(Buffer.from(given, 'base64').toString())).data;
  } catch {
    // It is not JSON.
    return undefined;
  }
}

export type JudgedPuzzle =
  /** Solved, or else only ours: then at least {@link PAUSE_MS} old or not. */
  | { outcome: 'solved' }
  | { outcome: 'unsolved'; waitMs: number }
  /** Not made by us for this form and place, altered, expired, too easy, or with a solution that is wrong. */
  | { outcome: 'refused' };

/** Judges a puzzle without spending it. */
export async function judgePuzzle(
  context: PuzzleContext,
  at: PuzzlePlace,
  { challenge, solution }: GivenPuzzle,
  level: Level,
): Promise<JudgedPuzzle> {
  const { data, expiresAt } = challenge.parameters;
  const { verifySolution, deriveKey } = await altcha();
  const judged = await verifySolution({
    challenge,
    solution: solution ?? { counter: 0, derivedKey: '00' },
    deriveKey,
    ...secretsOf(context),
  });
  // Of one that has expired, nothing is known about the signature.
  const isOurs = judged.invalidSignature === false && data.place === placeHash(context, at);
  if (!isOurs || data.level < level) return { outcome: 'refused' };
  if (!solution) {
    const issuedAt = expiresAt * 1000 - PUZZLE_LIFETIME_MS;
    return { outcome: 'unsolved', waitMs: Math.max(0, issuedAt + PAUSE_MS - Date.now()) };
  }
  return { outcome: judged.verified ? 'solved' : 'refused' };
}

/**
 * Marks a puzzle as used. Call it only after it was judged, so that nobody can fill the table.
 * @returns whether this was the first use; exactly one of several concurrent callers gets true
 */
export async function spendPuzzle({ rows }: PuzzleContext, { challenge }: GivenPuzzle): Promise<boolean> {
  const { nonce } = challenge.parameters;
  await rows.oidcRecords.save(USED_MODEL, nonce, {}, (2 * PUZZLE_LIFETIME_MS) / 1000);
  return rows.oidcRecords.consume(USED_MODEL, nonce);
}

function placeHash(context: PuzzleContext, { act, place }: PuzzlePlace): string {
  return createHmac('sha256', keyOf(context, 'place'))
    .update(JSON.stringify([act, place]))
    .digest('base64url');
}

function secretsOf(context: PuzzleContext) {
  return {
    hmacSignatureSecret: keyOf(context, 'challenge'),
    hmacKeySignatureSecret: keyOf(context, 'solution'),
  };
}

/** Derived keys, so that nothing else that is signed with the realm's key can pass as a puzzle. All processes have the same. */
function keyOf({ cookieKey, realm }: PuzzleContext, use: string): string {
  return createHmac('sha256', cookieKey)
    .update(JSON.stringify(['puzzle', realm, use]))
    .digest('hex');
}

/** Read when the first puzzle is made: most servers never make one, and it takes 5 MB. */
async function altcha() {
  const [{ createChallenge, verifySolution }, { deriveKey }] = await Promise.all([
    import('altcha-lib'),
    import('altcha-lib/algorithms/pbkdf2'),
  ]);
  return { createChallenge, verifySolution, deriveKey };
}

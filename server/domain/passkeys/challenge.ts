import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DomainContext } from '../context.ts';

/** What a signature over the challenge is for. */
export type ChallengePurpose = 'add' | 'sign-in';

const LIFETIME_MS = 15 * 60 * 1000;
const TIME_BYTES = 6;
const RANDOM_BYTES = 16;
const MAC_BYTES = 32;
const USED_MODEL = 'UsedPasskeyChallenge';

export interface ChallengeContext extends Pick<DomainContext, 'rows'> {
  /** The realm's own key for what browsers bring back. */
  readonly cookieKey: string;
}

/**
 * What an authenticator is asked to sign (WebAuthn section 13.4.3): the time, random bytes, and an HMAC over both, the purpose and the
 * form that the challenge was made for. So it needs no row in the database when a page is shown, which is far more often than it is
 * used, and yet:
 *
 * - nobody else can make one: the key is the realm's own, so one of the sandbox is none in production;
 * - it works in one browser only: `form` is the form's CSRF token, which is itself bound to the interaction of the popup, the form
 *   cookie, or the session;
 * - it is over after fifteen minutes;
 * - it works once: {@link spendChallenge} keeps those that have been signed, until they are too old anyway.
 *
 * @returns base64url
 */
export function issueChallenge(context: ChallengeContext, purpose: ChallengePurpose, form: string): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(Date.now(), 0, TIME_BYTES);
  const unique = Buffer.concat([time, randomBytes(RANDOM_BYTES)]);
  return Buffer.concat([unique, macOf(context, purpose, form, unique)]).toString('base64url');
}

/** Whether we issued the challenge to that form, for that purpose, and lately. */
export function acceptsChallenge(
  context: ChallengeContext,
  purpose: ChallengePurpose,
  form: string,
  challenge: string,
): boolean {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== TIME_BYTES + RANDOM_BYTES + MAC_BYTES) return false;
  const unique = bytes.subarray(0, TIME_BYTES + RANDOM_BYTES);
  if (!timingSafeEqual(bytes.subarray(unique.length), macOf(context, purpose, form, unique))) return false;
  return Date.now() - unique.readUIntBE(0, TIME_BYTES) < LIFETIME_MS;
}

/**
 * Uses a challenge up; to be called once its signature has been found good, so that nobody fills the table with others.
 * @returns false when it has been used before: exactly one of several callers gets true
 */
export async function spendChallenge({ rows }: ChallengeContext, challenge: string): Promise<boolean> {
  // Written in one way only, whatever padding or alphabet it came in.
  const id = Buffer.from(challenge, 'base64url').toString('base64url');
  await rows.oidcRecords.save(USED_MODEL, id, {}, (2 * LIFETIME_MS) / 1000);
  return rows.oidcRecords.consume(USED_MODEL, id);
}

function macOf(
  { cookieKey }: Pick<ChallengeContext, 'cookieKey'>,
  purpose: ChallengePurpose,
  form: string,
  unique: Buffer,
): Buffer {
  // A key of its own, so that no signature made with the realm's key for anything else can pass for a challenge.
  const key = createHmac('sha256', cookieKey).update('passkey challenge key').digest();
  return createHmac('sha256', key).update(`${purpose}\n${form}\n`).update(unique).digest();
}

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
  /** The realm's key for values that browsers send back. */
  readonly cookieKey: string;
}

/**
 * Issues a challenge for an authenticator to sign (WebAuthn section 13.4.3). It consists of the time, random bytes, and an HMAC over both,
 * the purpose and the form. So a page needs no row in the database, because pages are shown far more often than passkeys are used. Still:
 *
 * - nobody else can make a challenge, and one of the sandbox fails in production, because each realm has its own key;
 * - a challenge works in one browser only, because `form` is what the form is bound to: the popup's interaction, the browser's
 *   cookie or the session;
 * - it expires after 15 minutes;
 * - it works once, because {@link spendChallenge} remembers used challenges until they have expired.
 *
 * @returns base64url
 */
export function issueChallenge(context: ChallengeContext, purpose: ChallengePurpose, form: string): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(Date.now(), 0, TIME_BYTES);
  const unique = Buffer.concat([time, randomBytes(RANDOM_BYTES)]);
  return Buffer.concat([unique, macOf(context, purpose, form, unique)]).toString('base64url');
}

/** Whether we issued the challenge to that form and for that purpose, and it has not expired. */
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
 * Marks a challenge as used. Call it only after the signature was verified, so that nobody can fill the table.
 * @returns whether this was the first use; exactly one of several concurrent callers gets true
 */
export async function spendChallenge({ rows }: ChallengeContext, challenge: string): Promise<boolean> {
  // Normalized, because the same bytes can be encoded with other padding or another alphabet.
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
  // A derived key, so that no other signature made with the realm's key can pass as a challenge.
  const key = createHmac('sha256', cookieKey).update('passkey challenge key').digest();
  return createHmac('sha256', key).update(`${purpose}\n${form}\n`).update(unique).digest();
}

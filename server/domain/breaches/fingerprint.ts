import { createHash } from 'node:crypto';

/** Of half a million passwords, so many bytes let one in two million others look like one of them. */
export const FINGERPRINT_BYTES = 5;

/**
 * What the list has of a password. In any case, and as any keyboard writes it, because whoever tries the list tries these, too.
 * It is fast, and gives nothing away: everybody knows the passwords of the list.
 */
export function fingerprint(password: string): Buffer {
  const text = password.normalize('NFKC').toLowerCase();
  return createHash('sha256').update(text).digest().subarray(0, FINGERPRINT_BYTES);
}

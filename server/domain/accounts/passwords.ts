import { hash, verify } from '@node-rs/argon2';
import { lengthOf } from '../values/shown-text.ts';

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. The work runs on a thread pool. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const MIN_PASSWORD_LENGTH = 8;
/** Bounds the work of hashing. Far longer than any passphrase. */
export const MAX_PASSWORD_LENGTH = 128;

/** @returns the hash as a PHC string, which carries its own salt and parameters */
export function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), PARAMETERS);
}

export function verifyPassword(password: string, passwordHash: string): Promise<boolean> {
  return verify(passwordHash, normalize(password));
}

/** The length in code points, so that an emoji is one character, and a letter with its accent, too. */
export function passwordLength(password: string): number {
  return lengthOf(password);
}

/** Keyboards may encode the same characters differently, so passwords are compared in NFKC (NIST SP 800-63B section 3.1.1.2). */
function normalize(password: string): string {
  return password.normalize('NFKC');
}

/** A hash that no password matches. It is checked when there is no account, so that the answer takes the same time. */
export const unmatchableHash: Promise<string> = hashPassword(crypto.randomUUID());

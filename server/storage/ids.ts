import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A random identifier or secret of URL-safe characters. @param bytes of entropy, default 16 (128 bits) */
export function randomId(bytes = 16): string {
  return randomBytes(bytes).toString('base64url');
}

/** Random letters and digits, without bias. 22 or more carry at least 128 bits. */
export function randomAlphanumerics(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the largest multiple of 62 that fits a byte; what is above it would favour the first letters.
      if (byte < 248 && text.length < length) text += ALPHANUMERICS[byte % 62];
    }
  }
  return text;
}

/**
 * Hashes a secret that we have generated, for storage. A fast hash is enough, because these secrets are long and random; a slow hash only
 * helps with secrets that can be guessed.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Compares a presented secret with a stored hash in constant time. */
export function secretMatches(secret: string, storedHash: string): boolean {
  const presented = Buffer.from(hashSecret(secret));
  const stored = Buffer.from(storedHash);
  return presented.length === stored.length && timingSafeEqual(presented, stored);
}

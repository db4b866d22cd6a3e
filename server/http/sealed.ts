import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Tells sealed text from what an earlier version stored in the clear. */
const PREFIX = 'sealed.';

const deflated = promisify(deflateRaw);
const inflated = promisify(inflateRaw);

/**
 * Encrypts text, compressed, under a secret that is not stored: whoever reads the database cannot read it, and whoever comes with the
 * secret again can.
 * @param purpose keeps what is sealed for one thing from being opened as another, even under the same secret
 */
export async function seal(text: string, secret: string, purpose: string): Promise<string> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(secret, purpose), nonce, { authTagLength: TAG_BYTES });
  const content = Buffer.concat([cipher.update(await deflated(text)), cipher.final()]);
  return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url');
}

export function isSealed(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** @throws Error when the text was sealed under another secret, or has been changed */
export async function unseal(sealed: string, secret: string, purpose: string): Promise<string> {
  const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, keyOf(secret, purpose), nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const content = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return (await inflated(content)).toString();
}

function keyOf(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
}

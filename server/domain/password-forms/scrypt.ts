import { createCipheriv, scrypt as derive, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { passwordForm } from './password-form.ts';

/** Node refuses more memory than it is told: 128 bytes for each N and r, and some for itself. */
const MAX_MEMORY_BYTES = 300 * 1024 * 1024;
const parameters = {
  /** A power of two. */
  n: z
    .int()
    .min(2)
    .max(2 ** 24)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.int().min(1).max(64),
  p: z.int().min(1).max(64),
  salt: z.base64().max(1024),
  hash: z.base64().min(20).max(1024),
};

/** RFC 7914 section 2: N is less than 2^(128 * r / 8). Node throws at others. */
const isSound = ({ n, r }: { n: number; r: number }) => Math.log2(n) < 16 * r;

const schema = z.object({ form: z.literal('scrypt'), ...parameters }).refine(isSound);
const firebaseSchema = z
  .object({
    form: z.literal('firebase-scrypt'),
    ...parameters,
    /** What stands between the salt and the password. */
    separator: z.base64().max(64),
    signerKey: z.base64().min(20).max(1024),
  })
  .refine(isSound);

/** scrypt (RFC 7914), as passlib, Django and Werkzeug use it. */
export const scrypt = passwordForm<z.infer<typeof schema>>({
  schema,
  cost: costOf,
  verify: async ({ n, r, p, salt, hash }, password) => {
    const expected = Buffer.from(hash, 'base64');
    const key = await keyOf(password, Buffer.from(salt, 'base64'), expected.length, { N: n, r, p });
    return timingSafeEqual(key, expected);
  },
});

/**
 * Firebase's variant: the key of scrypt encrypts the project's signer key, and the result is the hash
 * (https://github.com/firebase/scrypt).
 */
export const firebaseScrypt = passwordForm<z.infer<typeof firebaseSchema>>({
  schema: firebaseSchema,
  cost: costOf,
  verify: async ({ n, r, p, salt, hash, separator, signerKey }, password) => {
    const salted = Buffer.concat([Buffer.from(salt, 'base64'), Buffer.from(separator, 'base64')]);
    const key = await keyOf(password, salted, 64, { N: n, r, p });
    const cipher = createCipheriv('aes-256-ctr', key.subarray(0, 32), Buffer.alloc(16));
    const encrypted = Buffer.concat([cipher.update(Buffer.from(signerKey, 'base64')), cipher.final()]);
    const expected = Buffer.from(hash, 'base64');
    return encrypted.length === expected.length && timingSafeEqual(encrypted, expected);
  },
});

/** 16 MB, which is N = 2^14 and r = 8, take about 40 ms. */
function costOf({ n, r, p }: { n: number; r: number; p: number }): number {
  return 128 * n * r > MAX_MEMORY_BYTES ? Number.POSITIVE_INFINITY : (n * r * p) / 3_300;
}

function keyOf(password: string, salt: Buffer, length: number, costs: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    derive(password, salt, length, { ...costs, maxmem: MAX_MEMORY_BYTES + 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

import { hash as digestOf, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { passwordForm } from './password-form.ts';

export const DIGEST_BYTES = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const;
export type DigestName = keyof typeof DIGEST_BYTES;
export const DIGEST_NAMES = Object.keys(DIGEST_BYTES) as [DigestName, ...DigestName[]];
export const DIGEST_ORDERS = ['salt+password', 'password+salt', 'salt+password+salt'] as const;

/** What turns a password into the digest that a system has kept. */
export const digestRecipe = z.object({
  digest: z.enum(DIGEST_NAMES),
  salt: z.base64().max(1024),
  order: z.enum(DIGEST_ORDERS),
});

/**
 * One round of a digest, with or without a salt: weak, because a graphics card tries billions of them a second. It is kept only until it has been
 * wrapped in a slow hash (wrapped.ts), and encrypted for as long.
 */
export const digest = passwordForm({
  schema: digestRecipe
    .extend({ form: z.literal('digest'), hash: z.base64() })
    .refine(({ digest, hash }) => Buffer.from(hash, 'base64').length === DIGEST_BYTES[digest]),
  cost: () => 0,
  verify: async (recipe, password) => {
    const expected = Buffer.from(recipe.hash, 'base64');
    const actual = digestBy(recipe, password);
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  },
});

export function digestBy({ digest, salt, order }: z.infer<typeof digestRecipe>, password: string): Buffer {
  const salted = Buffer.from(salt, 'base64');
  const parts = order.split('+').map((part) => (part === 'salt' ? salted : Buffer.from(password)));
  return digestOf(digest, Buffer.concat(parts), 'buffer');
}

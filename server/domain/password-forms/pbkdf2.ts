import { pbkdf2 as derive, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { passwordForm } from './password-form.ts';

export const PBKDF2_DIGESTS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
/** Where the processor has no instructions for a digest, it is half as many. */
const ROUNDS_A_UNIT = { sha1: 6_000, sha256: 6_000, sha384: 3_500, sha512: 3_500 } as const;
const HASH_BYTES = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const;

/** PBKDF2 (RFC 8018), as Django, ASP.NET Identity, Keycloak and passlib use it. */
export const pbkdf2 = passwordForm({
  schema: z.object({
    form: z.literal('pbkdf2'),
    digest: z.enum(PBKDF2_DIGESTS),
    iterations: z.int().min(1).max(100_000_000),
    salt: z.base64().max(1024),
    hash: z.base64().min(20).max(1024),
  }),
  // Each piece of the output that is longer than the digest takes all rounds again.
  cost: ({ digest, iterations, hash }) => {
    const pieces = Math.ceil(Buffer.from(hash, 'base64').length / HASH_BYTES[digest]);
    return (pieces * iterations) / ROUNDS_A_UNIT[digest];
  },
  verify: async ({ digest, iterations, salt, hash }, password) => {
    const expected = Buffer.from(hash, 'base64');
    const salted = Buffer.from(salt, 'base64');
    return timingSafeEqual(await promisify(derive)(password, salted, iterations, expected.length, digest), expected);
  },
});

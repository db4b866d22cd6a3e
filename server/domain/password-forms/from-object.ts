import { z } from 'zod';
import { digestFrom, fromBase64 } from './base64.ts';
import { DIGEST_BYTES, DIGEST_NAMES, DIGEST_ORDERS } from './digest.ts';
import { fromAspNet, fromText } from './from-text.ts';
import { PBKDF2_DIGESTS } from './pbkdf2.ts';

/** Bytes in base64, which become standard base64. */
const bytes = z
  .string()
  .max(2048)
  .transform((text, context) => {
    const read = fromBase64(text);
    if (read) return read.toString('base64');
    context.addIssue({ code: 'custom', message: 'must be base64' });
    return z.NEVER;
  });
const whole = z.int().min(1);
const text = z.string().max(2048);

/**
 * Hashes whose parameters stand beside them. Each is an algorithm, the keys that it has, and what is kept of them. A key that an algorithm does
 * not have is an error, because the hash would be checked without it.
 */
const OBJECTS = [
  z
    .strictObject({ algorithm: z.enum(['argon2', 'bcrypt', 'phpass', 'wordpress']), hash: text })
    .transform(({ hash }) => fromText(hash)),
  z.strictObject({ algorithm: z.literal('aspnet-identity'), hash: text }).transform(({ hash }) => fromAspNet(hash)),
  z
    .strictObject({
      algorithm: z.enum(PBKDF2_DIGESTS.map((digest) => `pbkdf2-${digest}` as const)),
      hash: bytes,
      salt: bytes,
      iterations: whole,
    })
    .transform(({ algorithm, ...kept }) => ({ form: 'pbkdf2', digest: algorithm.slice('pbkdf2-'.length), ...kept })),
  z
    .strictObject({ algorithm: z.literal('scrypt'), hash: bytes, salt: bytes, n: whole, r: whole, p: whole })
    .transform(({ algorithm: form, ...kept }) => ({ form, ...kept })),
  z
    .strictObject({
      algorithm: z.literal('firebase-scrypt'),
      hash: bytes,
      salt: bytes,
      signer_key: bytes,
      salt_separator: bytes.default(''),
      rounds: whole.default(8),
      mem_cost: whole.max(24).default(14),
    })
    .transform(({ algorithm: form, hash, salt, signer_key: signerKey, salt_separator: separator, ...costs }) => {
      return { form, hash, salt, signerKey, separator, n: 2 ** costs.mem_cost, r: costs.rounds, p: 1 };
    }),
  z
    .strictObject({
      algorithm: z.enum(DIGEST_NAMES),
      hash: text,
      salt: bytes.default(''),
      order: z.enum(DIGEST_ORDERS).default('salt+password'),
    })
    .transform(({ algorithm: digest, hash, ...kept }) => {
      return { form: 'digest', digest, hash: digestFrom(hash, DIGEST_BYTES[digest])?.toString('base64'), ...kept };
    }),
] as const;
const ALGORITHMS = OBJECTS.flatMap(({ in: { shape } }) => {
  const { algorithm } = shape;
  return 'options' in algorithm ? [...algorithm.options] : [...algorithm.values];
}) as readonly string[];

/** What is to be kept of a hash that is an object, or what is wrong with it. */
export function fromObject(value: { algorithm?: unknown }): { kept: unknown } | { problem: string } {
  const schema = OBJECTS.find(({ in: { shape } }) => shape.algorithm.safeParse(value.algorithm).success);
  if (!schema) return { problem: `password_hash.algorithm must be one of ${ALGORITHMS.join(', ')}` };
  const { data, error } = schema.safeParse(value);
  if (!error) return { kept: data };
  const [issue] = error.issues;
  return { problem: `${['password_hash', ...(issue?.path ?? [])].join('.')}: ${issue?.message}` };
}

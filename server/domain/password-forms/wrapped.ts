import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { argon2, OWN_PARAMETERS } from './argon2.ts';
import { type digest, digestBy, digestRecipe } from './digest.ts';
import { passwordForm } from './password-form.ts';

type Wrapped = z.infer<typeof schema>;
const schema = digestRecipe.extend({ form: z.literal('wrapped'), hash: z.string().max(1024) });

/** A weak digest in a slow hash: argon2id of its hexadecimal digits. Whoever steals it has to guess as slowly as at our own. */
export const wrapped = passwordForm<Wrapped>({
  schema,
  cost: ({ hash }) => argon2.cost({ form: 'argon2', hash }),
  verify: ({ hash, ...recipe }, password) => verify(hash, digestBy(recipe, password).toString('hex')),
});

/** Wraps a digest, so that nothing of the digest itself has to be kept. */
export async function wrap({ form: _weak, hash: weak, ...recipe }: z.infer<typeof digest.schema>): Promise<Wrapped> {
  return { form: 'wrapped', ...recipe, hash: await hash(Buffer.from(weak, 'base64').toString('hex'), OWN_PARAMETERS) };
}

import { z } from 'zod';
import { flag, mapper, named, text, time } from './mapper.ts';

/** What the console shows under "Password hash parameters". */
const hashConfigSchema = z.object({
  base64_signer_key: z.string(),
  base64_salt_separator: z.string(),
  rounds: z.int(),
  mem_cost: z.int(),
});

/** Firebase: `firebase auth:export users.json`, each of its `users` a line (https://firebase.google.com/docs/cli/auth). */
export const firebase = mapper(
  {
    localId: z.string(),
    email: text,
    emailVerified: flag.nullish(),
    passwordHash: text,
    salt: text,
    ...{ displayName: text, phoneNumber: text, createdAt: time },
    disabled: flag.nullish(),
  },
  (user, { hashConfig }) => ({
    id: user.localId,
    email: user.email,
    email_verified: user.emailVerified,
    ...(user.passwordHash && {
      password_hash: scrypt(user.passwordHash, user.salt, hashConfigSchema.parse(hashConfig)),
    }),
    ...named(user.displayName),
    // By its codes: nobody has a number there that was not confirmed.
    ...(user.phoneNumber && { phone_number: user.phoneNumber, phone_number_verified: true }),
    blocked: user.disabled,
    created_at: user.createdAt,
  }),
);

function scrypt(hash: string, salt: string | undefined, config: z.infer<typeof hashConfigSchema>) {
  return {
    algorithm: 'firebase-scrypt',
    ...{ hash, salt: salt ?? '' },
    ...{ signer_key: config.base64_signer_key, salt_separator: config.base64_salt_separator },
    ...{ rounds: config.rounds, mem_cost: config.mem_cost },
  };
}

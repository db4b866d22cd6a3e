import { verify } from '@node-rs/argon2';
import { z } from 'zod';
import { passwordForm } from './password-form.ts';

/** Our own: OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
export const OWN_PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const PHC =
  /^\$argon2(?:i|d|id)\$(?:v=(?:16|19)\$)?m=(\d{1,7}),t=(\d{1,4}),p=(\d{1,3})\$[A-Za-z0-9+/]{11,}\$[A-Za-z0-9+/]{6,}$/;

/** argon2i, argon2d and argon2id as PHC strings. */
export const argon2 = passwordForm({
  schema: z.object({ form: z.literal('argon2'), hash: z.string().max(1024).regex(PHC) }),
  // Our own takes about 20 ms.
  cost: ({ hash }) => {
    const [, memoryKib = 0, passes = 0] = PHC.exec(hash)?.map(Number) ?? [];
    return (memoryKib * passes) / 2_000;
  },
  verify: ({ hash }, password) => verify(hash, password),
});

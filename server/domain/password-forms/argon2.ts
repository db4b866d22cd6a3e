import { verify } from '@node-rs/argon2';
import { z } from 'zod';
import { passwordForm } from './password-form.ts';

/** Our own: OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
export const OWN_PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const PHC =
  /^\$argon2(?:i|d|id)\$(?:v=(?:16|19)\$)?m=(\d{1,7}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{6,})$/;
/** As with scrypt: a few sign-ins at the same moment must not take all the memory that there is. */
const MAX_MEMORY_KIB = 300 * 1024;

/** argon2i, argon2d and argon2id as PHC strings. */
export const argon2 = passwordForm({
  schema: z.object({ form: z.literal('argon2'), hash: z.string().max(1024).regex(PHC).refine(isSound) }),
  // Our own takes 5 to 10 ms.
  cost: ({ hash }) => {
    const { memoryKib, passes } = costsIn(hash);
    return memoryKib > MAX_MEMORY_KIB ? Number.POSITIVE_INFINITY : (memoryKib * passes) / 5_000;
  },
  verify: ({ hash }, password) => verify(hash, password),
});

function costsIn(hash: string): { memoryKib: number; passes: number; lanes: number } {
  const [, memoryKib = 0, passes = 0, lanes = 0] = PHC.exec(hash)?.map(Number) ?? [];
  return { memoryKib, passes, lanes };
}

/** Whether the library takes it (RFC 9106 section 3.1, and base64 without bits that say nothing). It throws at what it does not take. */
function isSound(hash: string): boolean {
  const { memoryKib, passes, lanes } = costsIn(hash);
  const [, , , , ...texts] = PHC.exec(hash) ?? [];
  const isWhole = texts.every((text) => Buffer.from(text, 'base64').toString('base64').replaceAll('=', '') === text);
  return isWhole && passes >= 1 && lanes >= 1 && memoryKib >= 8 * lanes;
}

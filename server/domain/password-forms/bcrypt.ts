import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { passwordForm } from './password-form.ts';

/** bcrypt takes 72 bytes and stops at a zero, so some systems give it a digest of the password. */
const PREPARATIONS = {
  /** Django's `bcrypt_sha256`: hexadecimal digits of SHA-256. */
  'sha256-hex': (password: string) => createHash('sha256').update(password).digest('hex'),
  /** WordPress from 6.8 on (`wp_hash_password`): what is around the password is left out there, too. */
  wordpress: (password: string) => createHmac('sha384', 'wp-sha384').update(trim(password)).digest('base64'),
} as const;

const MODULAR = /^\$2[abxy]\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;

/** bcrypt in modular form: `$2a$`, `$2b$`, `$2x$`, `$2y$`. */
export const bcrypt = passwordForm({
  schema: z.object({
    form: z.literal('bcrypt'),
    hash: z.string().regex(MODULAR),
    of: z.enum(['sha256-hex', 'wordpress']).optional(),
  }),
  // A cost of 10 takes about 50 ms, and each further one twice as long.
  cost: ({ hash }) => 50 * 2 ** (Number(MODULAR.exec(hash)?.[1]) - 10),
  verify: async ({ hash, of }, password) => {
    // Read at the first such hash: most servers never see one, and it takes 7 MB.
    const { verify } = await import('@node-rs/bcrypt');
    return verify(of ? PREPARATIONS[of](password) : password, hash);
  },
});

/** As PHP's `trim` does, which leaves other kinds of space alone. */
function trim(text: string): string {
  const isSpace = (at: number) => ' \t\n\r\0\v'.includes(text.charAt(at));
  let [start, end] = [0, text.length];
  while (start < end && isSpace(start)) start += 1;
  while (end > start && isSpace(end - 1)) end -= 1;
  return text.slice(start, end);
}

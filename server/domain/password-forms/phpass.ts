import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { passwordForm } from './password-form.ts';
import { md5Thread } from './phpass-thread.ts';

/** Its own base64: another alphabet, and the lowest bits first. */
const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const MODULAR = /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/;
/** 8,192 rounds, WordPress' own number, take 20 ms. */
const ROUNDS_A_MS = 400;

/** The portable hashes of phpass: WordPress before 6.8, phpBB, Joomla, Drupal 6 (https://www.openwall.com/phpass/). */
export const phpass = passwordForm({
  schema: z.object({ form: z.literal('phpass'), hash: z.string().regex(MODULAR) }),
  cost: ({ hash }) => roundsOf(hash) / ROUNDS_A_MS,
  verify: async ({ hash }, password) => {
    const [, , salt = '', expected = ''] = MODULAR.exec(hash) ?? [];
    const typed = Buffer.from(password);
    const start = Buffer.concat([Buffer.from(salt), typed]);
    const digest = await md5Thread.iterate(start, typed, roundsOf(hash));
    return timingSafeEqual(Buffer.from(encode(digest)), Buffer.from(expected));
  },
});

function roundsOf(hash: string): number {
  return 2 ** ALPHABET.indexOf(MODULAR.exec(hash)?.[1] ?? '');
}

function encode(bytes: Buffer): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 3) {
    const taken = bytes.subarray(start, start + 3);
    const bits = taken.reduce((sum, byte, index) => sum | (byte << (8 * index)), 0);
    for (let digit = 0; digit <= taken.length; digit += 1) text += ALPHABET[(bits >> (6 * digit)) & 63];
  }
  return text;
}

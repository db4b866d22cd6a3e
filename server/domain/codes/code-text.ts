import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Realm } from '@signup-with-platform/protocol';
import type { CodeFormat, CodePlace, MailedCode } from '../../storage/mailed-codes.ts';

/** Name of the secret that is every context's `codeKey`. */
export const CODE_KEY = 'mailed-codes';

/** Crockford's base 32 without vowels, so that no code is a word, and none has two characters that look alike. */
const CHARACTERS = '0123456789BCDFGHJKMNPQRSTVWXYZ';
const ALPHABETS: Readonly<Record<CodeFormat, string>> = { digits: '0123456789', characters: CHARACTERS };
const CODE_LENGTHS: Readonly<Record<CodeFormat, number>> = { digits: 6, characters: 10 };
/** So many bits more than a code has that none is more frequent than another by more than 2^-64. */
const HASH_BYTES = 16;

/**
 * The code of a nonce: HMAC-SHA-256 under a key that is not in the table, over everything that the code is for, so that it is another one in
 * another browser, place or realm, for another purpose or address. It is made when it is mailed or compared, and stored nowhere.
 */
export function codeOf(
  { codeKey, realm }: { codeKey: string; realm: Realm },
  { place, browserHash, purpose }: CodePlace,
  { email, nonce, format }: Pick<MailedCode, 'email' | 'nonce' | 'format'>,
): string {
  const about = JSON.stringify(['mailed-code', realm, place, browserHash, purpose, email, nonce, format]);
  const mac = createHmac('sha256', codeKey).update(about).digest();
  const alphabet = ALPHABETS[format];
  const base = BigInt(alphabet.length);
  let rest = BigInt(`0x${mac.subarray(0, HASH_BYTES).toString('hex')}`);
  let code = '';
  for (let count = CODE_LENGTHS[format]; count > 0; count -= 1) {
    code += alphabet[Number(rest % base)];
    rest /= base;
  }
  return code;
}

/** Spaces, hyphens of all scripts, and what is invisible in between. */
const IGNORED = /[\s\p{Pd}\p{Cf}]/gu;
/** Arabic-Indic digits, and those of Persian and Urdu. The last four bits of each are its value. */
const EASTERN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** A code as it was typed or pasted: without what people put in between, with the digits of any keyboard. */
export function readCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(IGNORED, '')
    .replaceAll(EASTERN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
}

/** Whether it can be a code of that kind. */
export function isCode(text: string, format: CodeFormat): boolean {
  return text.length === CODE_LENGTHS[format] && [...text].every((character) => ALPHABETS[format].includes(character));
}

/** In constant time. */
export function isSameCode(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

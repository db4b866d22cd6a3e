import { isSupportedCountry, parseDigits, parsePhoneNumberFromString } from 'libphonenumber-js';

/** Room for the digits of E.164 and the characters that group them. */
const MAX_LENGTH = 40;
const MAX_TYPED_LENGTH = 100;
/** Marks of direction and other invisible characters, which come along from address books. */
const INVISIBLE = /\p{Cf}/gu;
/** Hyphens and dashes of all kinds, and the minus sign. */
const DASHES = /[\p{Pd}\u2212]/gu;
/** Spaces of all kinds, and the slash, with which Germans write an area code. */
const SEPARATORS = /[\p{Z}\t/]+/gu;
/** `(+49)` and `+49 (0)30`, as people write them on cards. */
const BRACKETED_CODE = /^\((\+\d{1,3})\)/;
const TRUNK_ZERO = /^(\+\d{1,3} ?)\(0\)/;

/**
 * Reads a phone number as people type and paste it. With a country code it stays as it is written, only with plain digits, spaces and
 * hyphens; without one it gets that of `country`, if it can be a number there.
 * @param country ISO 3166-1 alpha-2 code of where the person lives; absent when nobody knows
 * @returns undefined when it is none
 */
export function readPhoneNumber(typed: string, country?: string): string | undefined {
  if (typed.length > MAX_TYPED_LENGTH) return undefined;
  const text = typed
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replace(SEPARATORS, ' ')
    .replace(/\p{Nd}/gu, (digit) => parseDigits(digit))
    .replace(/^ ?tel:/i, '')
    .trim()
    .replace(BRACKETED_CODE, '$1')
    .replace(TRUNK_ZERO, '$1')
    // The international prefix of most countries.
    .replace(/^00(?=[1-9])/, '+');
  const number = text.startsWith('+') ? text : nationalNumber(text, country);
  return isWritten(number) ? number : undefined;
}

/** The number with its country code, where it is one of that country; else as it is. */
function nationalNumber(text: string, country: string | undefined): string {
  if (country === undefined || !isSupportedCountry(country)) return text;
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  return parsed?.isPossible() ? parsed.formatInternational() : text;
}

/** 5 to 15 digits (ITU-T E.164 allows 15), grouped as people do. */
function isWritten(text: string): boolean {
  return text.length <= MAX_LENGTH && /^\+?[\d ().-]+$/.test(text) && /^\d{5,15}$/.test(text.replaceAll(/\D/g, ''));
}

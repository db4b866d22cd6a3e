import type { UserClaims } from '@signup-with-platform/protocol';
import type { Autofill, Place } from './autofill.ts';
import { partsOfPhone } from './calling-codes.ts';

const partsOf = ({ phone_number }: UserClaims) => partsOfPhone(phone_number);

/** The number as it is dialled within its country. What knows that is loaded then. */
async function national(user: UserClaims, { country }: Place = {}) {
  const { codeOfCountry, nationalNumbers } = await import('./national-number.ts');
  const parts = partsOf(user);
  return parts && (!country || codeOfCountry(country) === parts.code) ? nationalNumbers(parts) : [];
}

/** Some of the parts that a North American number has. */
function american(partOf: (parts: readonly string[]) => string | undefined) {
  return {
    values: () => [],
    asText: async (user) => {
      const { americanParts } = await import('./national-number.ts');
      return [partOf(americanParts(partsOf(user)))];
    },
  } satisfies Autofill;
}

/** `+31`, `0031` and `31` among what a text says. "+1 684" is another code than "+1". */
export function callingCodesIn(text: string): string[] {
  if (/^\s*\d{1,4}\s*$/.test(text)) return [text.trim()];
  return [...text.matchAll(/(?:\+|\b00)\s?(\d{1,4}(?:[ -]\d{3})?)(?!\d)/g)].map(([, digits = '']) =>
    digits.replace(/\D/g, ''),
  );
}

export const phoneNumber = {
  'tel-country-code': {
    words:
      /\b(phone|tel|telephone|mobile|dial\w*|call(ing)?) ?(country)? ?(code|prefix)|\b(country|international) ?(calling|dial\w*|phone|prefix)/,
    select: true,
    values: (user) => {
      const { code } = partsOf(user) ?? {};
      return code ? [`+${code}`, code, `00${code}`] : [];
    },
    matches: (option, user) => callingCodesIn(option).includes(partsOf(user)?.code ?? '-'),
  },
  tel: {
    words: /\btel\b|\btelephone|\bphone|phone\b|\bmobile?\b|\bcell\b|\bcontact ?(number|no)\b/,
    not: /\b(ext|extension|fax|model|ramal|os|durchwahl)\b/,
    inputTypes: ['number'],
    values: (user) => [user.phone_number],
    // To another country's form it would be another number.
    more: async (user, { country = '-' }) => ({ values: await national(user, { country }) }),
    // A mask such as "+31 00 000 0000" writes the calling code by itself.
    typed: (user) => [user.phone_number?.replace('+', ''), partsOf(user)?.subscriber],
  },
  'tel-national': {
    inputTypes: ['number'],
    values: () => [],
    asText: (user) => national(user),
  },
  /** What is written into a control that stands beside one for the calling code. */
  'tel-subscriber': {
    inputTypes: ['number'],
    values: (user) => [partsOf(user)?.subscriber],
    more: async (user) => ({ values: await national(user) }),
  },
  'tel-area-code': { words: /\barea ?code/, ...american(([area]) => area) },
  'tel-local': american(([, ...local]) => local.join('')),
  'tel-local-prefix': american(([, prefix]) => prefix),
  'tel-local-suffix': american(([, , suffix]) => suffix),
} satisfies Record<string, Autofill>;

import type { UserClaims } from '@signup-with-platform/protocol';
import type { Autofill, Place } from './autofill.ts';
import { partsOfPhone } from './calling-codes.ts';

const partsOf = ({ phone_number }: UserClaims) => partsOfPhone(phone_number);

/** Area code, prefix and line number, which only the North American numbering plan has in fixed places. */
function americanParts(user: UserClaims): readonly string[] {
  const { code, subscriber = '' } = partsOf(user) ?? {};
  return code === '1' ? (/^(\d{3})(\d{3})(\d{4})$/.exec(subscriber)?.slice(1) ?? []) : [];
}

/** The number as it is dialled in the country that the form is about. To another country's form it would be another number. */
async function nationalAt(user: UserClaims, { country = '' }: Place) {
  const parts = partsOf(user);
  const { codeOfCountry } = await import('./places.ts');
  return { values: parts && codeOfCountry(country) === parts.code ? parts.national : [] };
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
    more: nationalAt,
    // A mask such as "+31 00 000 0000" writes the calling code by itself.
    typed: (user) => [user.phone_number?.replace('+', ''), partsOf(user)?.subscriber],
  },
  'tel-national': {
    inputTypes: ['number'],
    values: (user) => partsOf(user)?.national ?? [],
  },
  /** What is written into a control that stands beside one for the calling code. */
  'tel-subscriber': {
    inputTypes: ['number'],
    values: (user) => [partsOf(user)?.subscriber, ...(partsOf(user)?.national ?? [])],
  },
  'tel-area-code': {
    words: /\barea ?code/,
    values: (user) => [americanParts(user)[0]],
  },
  'tel-local': { values: (user) => [americanParts(user).slice(1).join('')] },
  'tel-local-prefix': { values: (user) => [americanParts(user)[1]] },
  'tel-local-suffix': { values: (user) => [americanParts(user)[2]] },
} satisfies Record<string, Autofill>;

import type { UserClaims } from '@signup-with-platform/protocol';
import type { Autofill, Place } from './autofill.ts';
import { countryNames } from './countries.ts';
import type { StreetParts } from './street.ts';

/** As it is written, and without what some forms have no room for: its space, the last four digits of a US one. */
function postalCodes({ address }: UserClaims): (string | undefined)[] {
  const code = address?.postal_code;
  return [code, code?.replace(/[\s-]/g, ''), address?.country === 'US' ? code?.split('-')[0] : undefined];
}

function linesOf({ address }: UserClaims): readonly string[] {
  const lines = address?.street_address?.split('\n') ?? [];
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** Where a form asks for parts of the first line, what takes it apart is loaded. */
function inStreet(find: (parts: StreetParts, user: UserClaims) => readonly (string | undefined)[]) {
  return {
    values: () => [],
    asText: async (user) => {
      const { partsOfStreet } = await import('./street.ts');
      return find(partsOfStreet(linesOf(user)[0], user.address?.country), user);
    },
  } satisfies Autofill;
}

const country = ({ address }: UserClaims) => address?.country;
const names = (user: UserClaims, { language }: Place) => countryNames(country(user), language);
async function otherRegionNames({ address: at }: UserClaims) {
  const { regionNames } = await import('./places.ts');
  return { values: regionNames(at?.region, at?.country) };
}
async function otherCountryNames(user: UserClaims) {
  const { otherNames } = await import('./places.ts');
  return otherNames(country(user));
}

export const address = {
  /** One box for both. A part of it alone would be wrong. */
  'postal-code-and-town': {
    vague: /\b(zip|post(al)? ?code) (and )?(city|town)\b|\b(city|town) (and |state |province )*(zip|post(al)? ?code)\b/,
    not: /\b(street|address|state|province)\b/,
    values: () => [],
    asText: async (user) => {
      const { codeAndTown } = await import('./places.ts');
      return [codeAndTown(user)];
    },
  },
  'postal-code': {
    words: /\b(zip|post(al)? ?code|pcode|pin ?code(?! [45]\b))\b|\bzip ?code/,
    inputTypes: ['number'],
    values: postalCodes,
  },
  country: {
    words: /\bcountry ?(iso)? ?(code|id)\b|\bcountrycode/,
    select: true,
    values: (user, place) => [country(user), ...names(user, place)],
    more: otherCountryNames,
  },
  'country-name': {
    words: /\bcountry|\bcountries\b/,
    not: /\b(birth|nationality|citizenship|origin)\b/,
    select: true,
    values: (user, place) => [...names(user, place), country(user)],
    more: otherCountryNames,
  },
  'address-level1': {
    words: /\b(state|region|province|county|prefecture|canton)\b|\b(region|state|province) ?(code|id)\b/,
    not: /\b(united states|marital|birth|of the)\b/,
    select: true,
    values: (user) => [user.address?.region],
    more: otherRegionNames,
  },
  'address-level2': {
    words: /\b(city|town|suburb|locality|municipality|place)\b|\bcity ?name/,
    not: /\b(birth|place ?(of|holder))\b/,
    select: true,
    values: (user) => [user.address?.locality],
  },
  'house-number-addition': {
    words: /\bhouse ?(number|nr|no) ?(addition|add|ext|extension|suffix)/,
    ...inStreet(({ addition }) => [addition]),
  },
  /** Where no control asks for the second line. */
  'addition-or-line2': inStreet(({ addition }, user) => [addition || linesOf(user)[1]]),
  /** Where the addition is asked for apart. */
  'house-digits': { inputTypes: ['number'], ...inStreet(({ number }) => [number]) },
  'house-number': {
    words: /\bhouse name|\b(house|home|street|building) ?(number|num|nr|no)\b|\bhnr\b|^(number|nr|num)$/,
    // "Street and house number" is the whole line.
    not: /\bstreet\b.{0,20}\b(and|nr|house)/,
    inputTypes: ['number'],
    ...inStreet(({ house, number }) => [house, number]),
  },
  'address-line3': {
    words: /\b(address|addr|street|line) ?(line)? ?3\b|\bline3\b/,
    values: (user) => [linesOf(user).slice(2).join(', ')],
  },
  'address-line2': {
    words:
      /\b(address|addr|street|line) ?(line)? ?(2|two)\b|\b(line ?2|apt|apartment|suite|complementary)\b|\b(unit|flat|floor)( (no|nr|num\w*|optional)| or [\s\S]*)?$/,
    not: /\b(business|\w+ational|how)\b/,
    values: (user) => [linesOf(user).slice(1).join(', ')],
  },
  /** The second of three lines. */
  'address-line2-of-3': { values: (user) => [linesOf(user)[1]] },
  'address-line1': {
    words: /\b(address|addr|street) ?(line)? ?(1|one)\b|\bline ?1\b/,
    values: (user) => [linesOf(user)[0]],
  },
  /** Where the house number is asked for apart. */
  'street-name': inStreet(({ street }) => [street]),
  'street-address': {
    words: /\b(street|str|streetname|streetaddress)\b|\bstreet ?(address|name)/,
    vague: /\b(address|addr|residence)\b|address$/,
    not: /\b(ip|web|mac|wallet|lookup|find|company|organi[sz]ation)/,
    values: (user) => [linesOf(user).join('\n')],
  },
} satisfies Record<string, Autofill>;

import type { UserClaims } from '@signup-with-platform/protocol';
import type { Autofill, Place } from './autofill.ts';

/** Year, month and day as they are, and without leading zeros. */
function partsOf({ birthdate = '' }: UserClaims) {
  const [year = '', month = '', day = ''] = birthdate.split('-');
  return { year, month: bothWays(month), day: bothWays(day) };
}

function bothWays(digits: string): readonly string[] {
  return [digits.replace(/^0/, ''), digits];
}

/** Names of the month, long and short, in the page's language and in English. */
function monthNames({ birthdate }: UserClaims, { language }: Place): readonly string[] {
  if (!birthdate) return [];
  const at = new Date(`${birthdate}T00:00:00Z`);
  return [language || undefined, 'en'].flatMap((tag) =>
    (['long', 'short'] as const).map((month) => at.toLocaleDateString(tag, { month, timeZone: 'UTC' })),
  );
}

export const birthdate = {
  'bday-day': {
    words: /\b(bday|dob|birthday|birthdate|date of birth|birth date) ?day\b|\bday of birth|\b(birth\w*|dob) 3i/,
    not: /\bmonth/,
    inputTypes: ['number'],
    select: true,
    values: (user) => partsOf(user).day,
  },
  'bday-month': {
    words: /\b(birth\w*|bday|dob) (month|2i)\b|\bmonth of birth/,
    inputTypes: ['number'],
    select: true,
    values: (user) => partsOf(user).month,
    options: monthNames,
  },
  'bday-year': {
    words: /\b(birth\w*|bday|dob) (year|1i)\b|\byear of birth/,
    inputTypes: ['number'],
    select: true,
    values: (user) => [partsOf(user).year],
  },
  bday: {
    words: /\b(bday|birth ?da(?:y|te)|dateofbirth|date of birth|dob)\b|^(\w+ )?birth$/,
    not: /\bplace\b/,
    inputTypes: ['date'],
    select: true,
    values: (user) => [user.birthdate],
    asText: async (user, place) => {
      const { writeDate } = await import('./write-date.ts');
      return [writeDate(user, place)];
    },
    // `birth_day` is the day.
    options: (user) => [user.birthdate, ...partsOf(user).day],
  },
} satisfies Record<string, Autofill>;

import type { UserClaims } from '@signup-with-platform/protocol';
import type { Autofill } from './autofill.ts';

/** Year, month and day as they are, and without leading zeros. */
function partsOf({ birthdate = '' }: UserClaims) {
  const [year = '', month = '', day = ''] = birthdate.split('-');
  return { year, month: bothWays(month), day: bothWays(day) };
}

function bothWays(digits: string): readonly string[] {
  return [digits.replace(/^0/, ''), digits];
}

/** Names of the month, long and short, in the page's language and in English. */
function monthNames({ birthdate }: UserClaims, language?: string): readonly string[] {
  if (!birthdate) return [];
  const at = new Date(`${birthdate}T00:00:00Z`);
  return [language || undefined, 'en'].flatMap((tag) =>
    (['long', 'short'] as const).map((month) => at.toLocaleDateString(tag, { month, timeZone: 'UTC' })),
  );
}

export const birthdate = {
  bday: {
    spellings: ['bday', 'birthday', 'birthdate', 'dateofbirth', 'birth', 'dob'],
    inputTypes: ['date'],
    values: (user) => [user.birthdate],
    // `birth_day` beside `birth_month` is the day.
    options: (user) => [user.birthdate, ...partsOf(user).day],
  },
  'bday-day': {
    spellings: ['bdayday', 'birthdayday', 'birthdateday', 'dateofbirthday', 'dayofbirth', 'dobday'],
    inputTypes: ['number'],
    values: (user) => partsOf(user).day,
  },
  'bday-month': {
    spellings: [
      'bdaymonth',
      'birthmonth',
      'birthdaymonth',
      'birthdatemonth',
      'dateofbirthmonth',
      'monthofbirth',
      'dobmonth',
    ],
    inputTypes: ['number'],
    values: (user) => partsOf(user).month,
    options: monthNames,
  },
  'bday-year': {
    spellings: ['bdayyear', 'birthyear', 'birthdayyear', 'birthdateyear', 'dateofbirthyear', 'yearofbirth', 'dobyear'],
    inputTypes: ['number'],
    values: (user) => [partsOf(user).year],
  },
} satisfies Record<string, Autofill>;

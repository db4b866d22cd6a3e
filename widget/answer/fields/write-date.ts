import type { UserClaims } from '@signup-with-platform/protocol';
import type { Place } from './autofill.ts';

/** "MM/DD/YYYY", "TT.MM.JJJJ", "JJ/MM/AAAA": four letters are the year. */
const FORMAT = /\b([yjar]{4}|[djtgm]{2})([ ./-]+)[djtgm]{2}\2([yjar]{4}|[djtgm]{2})(?!\p{L})/iu;

/** As the page says, or else as its language writes it. "en" alone does not tell whether the month is first, so there it is ISO 8601. */
export function writeDate(user: UserClaims, { shown = '', language = '' }: Place): string | undefined {
  const { birthdate } = user;
  if (!birthdate) return undefined;
  const [year = '', month = '', day = ''] = birthdate.split('-');
  const format = FORMAT.exec(shown)?.[0];
  if (format) return format.replace(/\p{L}+/gu, (letters) => (letters[3] ? year : /m/i.test(letters) ? month : day));
  if (!/^(?!en$)[a-z]{2}(-[a-z]{2})?$/i.test(language)) return birthdate;
  const written = new Date(birthdate).toLocaleDateString(language, {
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  });
  // Arabic has marks of direction between.
  return written.replace(/[\u200e\u200f]/g, '');
}

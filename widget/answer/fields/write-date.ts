import type { UserClaims } from '@signup-with-platform/protocol';
import type { Place } from './autofill.ts';

type Part = 'year' | 'month' | 'day';

/** What stands for a part of a date in the twelve languages and in Russian, without accents. */
const WORDS: Readonly<Record<Part, string>> = {
  year: 'y yy yyyy jjjj aaaa rr rrrr гг гггг year jahr jaar annee ano anno rok yıl 年 سنة שנה',
  month: 'm mm мм month monat maand mois mes mese miesiac ay 月 شهر חודש',
  day: 'd dd tt gg дд day tag dag jour dia giorno dzien gun 日 يوم יום',
};
const PARTS: readonly Part[] = ['year', 'month', 'day'];
/** Three words or numbers with the same sign between. Each may be the first: "Birthday DD MM YYYY". */
const TRIPLE =
  /(?<![\p{L}\p{M}\d])(?=([\p{L}\p{M}]+|\d+)(\s*[./-]\s*| )([\p{L}\p{M}]+|\d+)\2([\p{L}\p{M}]+|\d+)(?![\p{L}\p{M}\d]))/gu;
/** "YYYY年MM月DD日", "2000年1月1日". */
const JAPANESE = /(y{4}|\d{4})年(m{1,2}|\d{1,2})月(d{1,2}|\d{1,2})日/i;

/** As the page says, or else as its language writes it. "en" alone does not tell whether the month is first, so there it is ISO 8601. */
export function writeDate(user: UserClaims, { shown = '', language = '' }: Place): string | undefined {
  const { birthdate } = user;
  if (!birthdate) return undefined;
  const [year = '', month = '', day = ''] = birthdate.split('-');
  if (JAPANESE.test(shown)) return `${year}年${month}月${day}日`;
  const format = formatIn(shown);
  if (format) {
    const parts = { year: format.isShort ? year.slice(2) : year, month, day };
    return format.order.map((part) => parts[part]).join(format.sign);
  }
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

interface Format {
  readonly order: readonly Part[];
  readonly sign: string;
  /** True for two digits of the year. */
  readonly isShort: boolean;
}

/** "MM/DD/YYYY", "tt.mm.jj", "day / month / year", or an example that has only one meaning: "31.12.1990". */
function formatIn(shown: string): Format | undefined {
  for (const [, first = '', sign = '', second = '', third = ''] of shown.matchAll(TRIPLE)) {
    const words = [first, second, third].map((word) => word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, ''));
    const known = words.map(partOf);
    const order = words.flatMap((word, index) => known[index] ?? inContext(word, known) ?? []);
    if (PARTS.every((part) => order.includes(part)))
      return { order, sign, isShort: /^[^\d]{2}$/.test(words[order.indexOf('year')] ?? '') };
  }
  return undefined;
}

function partOf(word: string): Part | undefined {
  const number = Number(word);
  if (/^\d{4}$/.test(word)) return 'year';
  // Up to twelve, it may be either.
  if (number > 12 && number < 32) return 'day';
  return PARTS.find((part) => WORDS[part].split(' ').includes(word));
}

/** "jj" is the day in French and the year in German, "aa" the month in Turkish and the year in Spanish. A low number is what is left. */
function inContext(word: string, known: readonly (Part | undefined)[]): Part | undefined {
  if (word === 'jj') return known.includes('day') ? 'year' : 'day';
  if (word === 'aa') return known.includes('month') ? 'year' : 'month';
  return Number(word) > 0 && known.includes('day') && known.includes('year') ? 'month' : undefined;
}

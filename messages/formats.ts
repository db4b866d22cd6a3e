const SECOND_MS = 1_000;
const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 24 * 60 * 60 * SECOND_MS],
  ['month', 30 * 24 * 60 * 60 * SECOND_MS],
  ['day', 24 * 60 * 60 * SECOND_MS],
  ['hour', 60 * 60 * SECOND_MS],
  ['minute', 60 * SECOND_MS],
];

const BRACKETED_NUMBER = / \(\p{Nd}+\)$/u;

/** Values as one language writes them. Times are in UTC, because the server does not know the reader's time zone. */
export interface Formats {
  /** E.g. "Name, Email address, and Picture". */
  list(items: Iterable<string>): string;
  /** E.g. "Fern, Moss, Rose": the beginning of a longer list, which ends without "and". */
  series(items: Iterable<string>): string;
  /** E.g. "Nov 29, 2026". */
  date(at: Date): string;
  /** To the minute, with the time zone: "Nov 29, 2026, 11:43 AM UTC". */
  moment(at: Date): string;
  /** To the second, for a log that says once which time zone it is in: "Nov 29, 2026, 23:59:07". */
  timestamp(at: Date): string;
  /** E.g. "24 hours". */
  duration(count: number, unit: 'second' | 'minute' | 'hour' | 'day'): string;
  /**
   * How long ago something was, in the largest unit of which there is one: "3 days ago"; "just now" for what is less than a minute ago.
   * @param now default: the current time, in milliseconds
   */
  relativeTime(at: Date, now?: number): string;
}

/** The `Intl` objects of one language, each made once: making one takes longer than formatting a page with it. */
export interface Formatters {
  getNumberFormat(locales?: string | string[], options?: Intl.NumberFormatOptions): Intl.NumberFormat;
  getDateTimeFormat(locales?: string | string[], options?: Intl.DateTimeFormatOptions): Intl.DateTimeFormat;
  getPluralRules(locales?: string | string[], options?: Intl.PluralRulesOptions): Intl.PluralRules;
}

/** Formatters for the messages of a language; whatever they ask for, it is of that language, and in UTC. */
export function createFormatters(tag: string): Formatters {
  const number = once((options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options));
  const date = once(
    (options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options }),
  );
  const plural = once((options?: Intl.PluralRulesOptions) => new Intl.PluralRules(tag, options));
  return {
    getNumberFormat: (_locales, options) => number(options),
    getDateTimeFormat: (_locales, options) => date(options),
    getPluralRules: (_locales, options) => plural(options),
  };
}

/** @param justNow the word for a moment ago, where `Intl` has only "now" */
export function createFormats(tag: string, formatters: Formatters, justNow: () => string): Formats {
  const lists = once((options?: Intl.ListFormatOptions) => new Intl.ListFormat(tag, options));
  const relative = once(() => new Intl.RelativeTimeFormat(tag));
  const date = (at: Date, options: Intl.DateTimeFormatOptions) => formatters.getDateTimeFormat(tag, options).format(at);
  return {
    list: (items) => lists().format(items),
    series: (items) => lists({ type: 'unit', style: 'short' }).format(items),
    date: (at) => date(at, { day: 'numeric', month: 'short', year: 'numeric' }),
    moment: (at) =>
      date(at, {
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        timeZoneName: 'short',
      }),
    timestamp: (at) => date(at, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
    duration: (count, unit) =>
      formatters.getNumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
    relativeTime(at, now = Date.now()) {
      // A clock of another server may be ahead a little.
      const elapsedMs = Math.max(now - at.getTime(), 0);
      const largest = UNITS.find(([, size]) => elapsedMs >= size);
      if (!largest) return justNow();
      const [unit, ms] = largest;
      // "1 day ago" rather than "yesterday", because a day is 24 hours here. CLDR repeats the number in Hebrew's own words for one and
      // two: "לפני שעה (1)".
      return relative()
        .format(-Math.floor(elapsedMs / ms), unit)
        .replace(BRACKETED_NUMBER, '');
    },
  };
}

function once<Options, Formatter>(make: (options?: Options) => Formatter): (options?: Options) => Formatter {
  const made = new Map<string, Formatter>();
  return (options) => {
    const key = JSON.stringify(options) ?? '';
    const known = made.get(key);
    if (known !== undefined) return known;
    const formatter = make(options);
    made.set(key, formatter);
    return formatter;
  };
}

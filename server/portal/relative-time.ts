import { html } from '@lit-labs/ssr';

const SECOND_MS = 1_000;
const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 24 * 60 * 60 * SECOND_MS],
  ['month', 30 * 24 * 60 * 60 * SECOND_MS],
  ['day', 24 * 60 * 60 * SECOND_MS],
  ['hour', 60 * 60 * SECOND_MS],
  ['minute', 60 * SECOND_MS],
];

/**
 * How long ago something was, in the largest unit of which there is one: "3 days ago". What is less than a minute ago is "now". It needs
 * no time zone, which we do not know.
 * @param language BCP 47. @param now default: the current time
 */
export function formatRelative(at: Date, language: string, now = Date.now()): string {
  // A clock of another server may be ahead a little.
  const elapsedMs = Math.max(now - at.getTime(), 0);
  const [unit, ms] = UNITS.find(([, size]) => elapsedMs >= size) ?? ['second', Number.POSITIVE_INFINITY];
  // "1 day ago" rather than "yesterday": a day is 24 hours here. "Now" is the word for nothing.
  const numeric = unit === 'second' ? 'auto' : 'always';
  return new Intl.RelativeTimeFormat(language, { numeric }).format(-Math.floor(elapsedMs / ms), unit);
}

/** The same, with the exact time for machines. */
export function relativeTime(at: Date, language: string): unknown {
  return html`<time datetime=${at.toISOString()}>${formatRelative(at, language)}</time>`;
}

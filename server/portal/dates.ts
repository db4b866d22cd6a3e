import { html } from '@lit-labs/ssr';

/** A moment, to the minute. Its time zone is said, since we do not know the reader's. */
function formatMoment(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(at);
}

function formatDay(at: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    at,
  );
}

/** {@link formatMoment}, with the exact time for machines. */
export function moment(at: Date, language: string): unknown {
  return html`<time datetime=${at.toISOString()}>${formatMoment(at, language)}</time>`;
}

/** {@link formatDay}, with the exact time for machines. */
export function day(at: Date, language: string): unknown {
  return html`<time datetime=${at.toISOString()}>${formatDay(at, language)}</time>`;
}

/** E.g. "24 hours". */
export function formatDuration(count: number, unit: 'hour' | 'day', language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

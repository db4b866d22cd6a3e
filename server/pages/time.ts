import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';

/** A moment to the minute, with its time zone; programs read the exact time. */
export function moment(at: Date, language: Pick<Language, 'moment'>): unknown {
  return timeElement(at, language.moment(at));
}

/** A day; programs read the exact time. */
export function day(at: Date, language: Pick<Language, 'date'>): unknown {
  return timeElement(at, language.date(at));
}

/** How long ago something was; programs read the exact time. */
export function relativeTime(at: Date, language: Pick<Language, 'relativeTime'>): unknown {
  return timeElement(at, language.relativeTime(at));
}

/** A day or moment in the words of a language, with the exact time for machines. */
function timeElement(at: Date, words: string): unknown {
  return html`<time datetime=${at.toISOString()}>${words}</time>`;
}

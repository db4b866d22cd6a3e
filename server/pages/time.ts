import { html } from '@lit-labs/ssr';

/** A day or moment in the words of a language, with the exact time for machines. */
export function timeElement(at: Date, words: string): unknown {
  return html`<time datetime=${at.toISOString()}>${words}</time>`;
}

import { html } from '@lit-labs/ssr';

/** A text that somebody else wrote, isolated so that its direction, overrides included, cannot rearrange what surrounds it. */
export function isolate(text: string): unknown {
  return html`<bdi>${text}</bdi>`;
}

/** An address or number, which reads from left to right in every language. */
export function isolateLeftToRight(text: string): unknown {
  return html`<bdi dir="ltr">${text}</bdi>`;
}

/** From here on an address may be longer than its line. */
const LONG_ADDRESS_LENGTH = 30;

/** An email address on a line of its own; one that is too long for it goes on with its domain. */
export function isolateEmail(address: string): unknown {
  const at = address.lastIndexOf('@');
  if (address.length < LONG_ADDRESS_LENGTH || at < 1) return isolateLeftToRight(address);
  return html`<bdi dir="ltr">${address.slice(0, at)}<wbr>${address.slice(at)}</bdi>`;
}

/** Lines separated by `\n`, each with a direction of its own. */
export function isolateLines(text: string, isolateLine: (line: string) => unknown = isolate): unknown {
  return text.split('\n').map((line, index) => (index === 0 ? isolateLine(line) : html`<br>${isolateLine(line)}`));
}

/** E.g. "Dutch (Belgium) · nl-BE"; the tag alone where it has no name. */
export function formatLanguage(tag: string, language: string): string {
  try {
    const name = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' }).of(tag);
    return name ? `${name} · ${tag}` : tag;
  } catch {
    return tag;
  }
}

/**
 * One or two letters that stand for a name or an email address, whole grapheme clusters at a time; empty when it has no letter or digit.
 * The domain of an address says nothing about whose it is.
 */
export function initials(name: string, language: string): string {
  const words = name.replace(/(?<=.)@[^@\s]+$/, '').match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => firstGrapheme(word ?? '').toLocaleUpperCase(language)).join('');
}

function firstGrapheme(word: string): string {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(word)) return segment;
  return '';
}

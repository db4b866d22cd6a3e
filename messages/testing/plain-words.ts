// What is data by its form.
const ADDRESS = /\b[a-z][a-z+.-]*:\/\/\S*|\S+@\S+/g;
const LANGUAGE_TAG = /\b[a-z]{2}-[A-Z]{2}\b/g;
/** Most have a digit; no word is as long as the others. */
const ID = /\b(?=[\w-]*\d)[\w-]{8,}\b|(?<![\w-])[\w-]{20,}(?![\w-])/g;
const TURNED_WORD = /\u202e[A-Za-z]+\u202c/g;

const WORD = /[A-Za-z]{2,}/g;

/**
 * The words in plain letters, of which a pseudo-language has none.
 * @param data names and values that may stand in the text, too
 */
export function plainWords(text: string, data: readonly string[]): string[] {
  const unknown = text.replaceAll(TURNED_WORD, ' ').replaceAll(ADDRESS, ' ').replaceAll(LANGUAGE_TAG, ' ');
  // Most texts have none by now, and what is taken out below adds none. Hundreds of names would be looked for in each.
  if (unknown.search(WORD) < 0) return [];
  const longestFirst = data.toSorted((one, other) => other.length - one.length);
  const unnamed = longestFirst.reduce(withoutWords, unknown);
  return unnamed.replaceAll(ID, ' ').match(WORD) ?? [];
}

function withoutWords(text: string, words: string): string {
  if (!text.includes(words)) return text;
  const literal = words.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return text.replaceAll(new RegExp(`(?<![A-Za-z])${literal}(?![A-Za-z])`, 'g'), ' ');
}

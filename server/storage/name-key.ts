/** Longer than any name that is accepted, so that a key stays what an index takes. */
const MAX_NAME_KEY_LENGTH = 200;
/** Letters that Unicode does not take apart, although people type them without their stroke or as two. */
const SINGLE_LETTERS: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', æ: 'ae', œ: 'oe' };

/**
 * A name as it is looked up: without case, accents and superfluous spaces, because whoever looks for Zoë Łukasiewicz may type "zoe lukas".
 * It is kept in a column, because the engines disagree about the case of letters outside ASCII.
 * @returns null when nothing is left to look up
 */
export function nameKey(name: string): string | null {
  const letters = name.normalize('NFKD').replaceAll(/\p{Mn}/gu, '');
  // The way through upper case makes ß two letters, and ı and ς what they are elsewhere.
  const lower = letters.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  const plain = lower.replaceAll(/[łøđðþæœ]/g, (letter) => SINGLE_LETTERS[letter] ?? letter);
  return plain.replaceAll(/\s+/g, ' ').trim().slice(0, MAX_NAME_KEY_LENGTH).toWellFormed() || null;
}

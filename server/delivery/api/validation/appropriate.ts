import { DataSet, englishDataset, englishRecommendedTransformers, parseRawPattern, RegExpMatcher } from 'obscenity';
import { once } from '#domain/values/once.ts';
import { OFFENSIVE_PARTS, OFFENSIVE_WORDS, PHRASES_THAT_MEET_NAMES, REAL_NAMES } from './offensive-words.ts';

const matcher = once(() => new RegExpMatcher({ ...offensivePhrases().build(), ...englishRecommendedTransformers }));

/** The middle-finger emoji, and letters masked by asterisks. No name contains either. */
const OFFENSIVE_SYMBOLS = /\u{1f595}|\p{L}\*+\p{L}/u;

/**
 * Whether a name can be shown to others. It finds offensive English words and symbols, also in capitals, with digits for letters, with
 * look-alikes or spelled letter by letter. It accepts real names that contain such a word, or are one.
 */
export function isAppropriate(name: string): boolean {
  if (OFFENSIVE_SYMBOLS.test(name)) return false;
  // The list is English, so a word in another script can only match by chance (Гліб).
  const latin = name.replaceAll(/[\p{L}\p{M}]+/gu, (word) => (/\p{Script=Latin}/u.test(word) ? word : ' '));
  return ![...readings(latin)].some((reading) => matcher().hasMatch(reading));
}

/** The ways to read a name: as written; word by word; words without digits around them; single letters joined to a word. */
function readings(name: string): Set<string> {
  const plain = withoutMarks(name);
  const spaced = plain
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[\s._\-,;:/|~]+/gu, ' ')
    .trim();
  const bare = spaced.split(' ').map(withoutDigitsAround).join(' ');
  const spelled = spaced.replaceAll(/(?<![^ ])(\S) (?=\S(?![^ ]))/gu, '$1');
  return new Set([plain, spaced, bare, spelled]);
}

/** In a loop, because a regular expression for digits at the end takes time that grows with the square of their number. */
function withoutDigitsAround(word: string): string {
  const isDigit = (character: string | undefined) => character !== undefined && character >= '0' && character <= '9';
  let [start, end] = [0, word.length];
  while (isDigit(word[start])) start += 1;
  while (end > start && isDigit(word[end - 1])) end -= 1;
  return word.slice(start, end);
}

/** Removes accents, which can hide a word (Unicode Standard Annex 15, compatibility decomposition). */
function withoutMarks(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

function offensivePhrases(): DataSet<{ originalWord: string }> {
  const phrases = new DataSet<{ originalWord: string }>()
    .addAll(englishDataset)
    .removePhrasesIf(({ metadata }) => PHRASES_THAT_MEET_NAMES.has(metadata?.originalWord ?? ''));
  const add = (originalWord: string, pattern: string) =>
    phrases.addPhrase((phrase) => phrase.setMetadata({ originalWord }).addPattern(parseRawPattern(pattern)));
  for (const word of OFFENSIVE_WORDS) add(word, `|${word}|`);
  for (const part of OFFENSIVE_PARTS) add(part, part);
  return phrases.addPhrase((phrase) => REAL_NAMES.reduce((names, name) => names.addWhitelistedTerm(name), phrase));
}

import { fold } from './words.ts';

/** What a list offers: an `<option>` of a `<select>` or of a `<datalist>`. */
export type Option = Pick<HTMLOptionElement, 'value' | 'text' | 'disabled'>;

/** "The Netherlands", "Les Pays-Bas". */
const ARTICLE = /^(the|de|die|der|das|les?|la|los?|el|il|os?|as?) /;

/**
 * The first option that means one of the candidates: by its value or text, by a part of its text ("NL - Netherlands", "🇳🇱 Netherlands",
 * "Netherlands (the)"), or by what only its descriptor recognizes.
 */
export function chooseOption<Kind extends Option>(
  options: readonly Kind[],
  candidates: readonly string[],
  matches?: (text: string) => boolean,
): Kind | undefined {
  const offered = options.filter(({ disabled, value }) => !disabled && value);
  const wanted = candidates.map(plain);
  const by = (textsOf: (option: Kind) => string[]) => {
    for (const one of wanted) {
      const found = offered.find((option) => textsOf(option).includes(one));
      if (found) return found;
    }
    return undefined;
  };
  return (
    by(({ value, text }) => [plain(value), plain(text)]) ??
    (matches && offered.find(({ value, text }) => matches(text) || matches(value))) ??
    by(({ text, value }) => (text || value).split(/[,;:|/()[\]–—]|\s-\s|\s{2,}/).map(plain))
  );
}

/** Folded, without an article, and without flags and other signs, which some lists have around the names. */
function plain(text: string): string {
  const words = fold(text).match(/[\p{L}\p{M}\p{N}+]+/gu) ?? [];
  return words.join(' ').replace(ARTICLE, '');
}

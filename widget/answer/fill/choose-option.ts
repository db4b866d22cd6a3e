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

/** Without flags and signs around it, which some lists have before the name, without an article, and folded. */
function plain(text: string): string {
  return fold(text.replace(/\p{RI}|\p{Extended_Pictographic}/gu, ' '))
    .replace(/^[^\p{L}\p{N}+]+|[^\p{L}\p{N})]+$/gu, '')
    .replace(ARTICLE, '');
}

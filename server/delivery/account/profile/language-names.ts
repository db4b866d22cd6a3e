import { LANGUAGES } from '@signup-with-platform/messages';

/** A language that the platform speaks, by its own name: whoever looks for it can read that. */
export interface SpokenLanguage {
  tag: string;
  name: string;
  direction: 'ltr' | 'rtl';
}

export const SPOKEN_LANGUAGES: readonly SpokenLanguage[] = LANGUAGES.map(({ tag, direction }) => ({
  tag,
  direction,
  name: capitalized(new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag, tag),
}));

/** @param locale BCP 47, in any case. @returns undefined for a language that is not spoken, and for a variety of one that is */
export function spokenLanguage(locale: string): SpokenLanguage | undefined {
  return SPOKEN_LANGUAGES.find(({ tag }) => tag.toLowerCase() === locale.toLowerCase());
}

/** As at the beginning of a line. */
function capitalized(name: string, tag: string): string {
  const [first = '', ...rest] = name;
  return first.toLocaleUpperCase(tag) + rest.join('');
}

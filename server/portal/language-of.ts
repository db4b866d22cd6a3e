import { pickLanguage, type Section } from '@signup-with-platform/messages';
import { type Language, pickStrings } from '../strings/pick-strings.ts';

/** The language of a page: the first wanted one that has the words of all its sections. */
export function languageOf(wanted: readonly string[], sections: readonly Section[] | undefined): Language {
  const language = pickLanguage(wanted, sections);
  return { ...language, strings: pickStrings([language.tag]).strings };
}

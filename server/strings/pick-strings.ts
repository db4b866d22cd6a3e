import { pickLanguage, type Language as SpokenLanguage } from '@signup-with-platform/messages';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type Strings } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { nl } from './nl.ts';

export type { Strings } from './en.ts';

/** The words of one language, and how they are to be set. */
export interface Language extends SpokenLanguage {
  strings: Strings;
}

const ENGLISH: Language = { ...pickLanguage(['en']), strings: en };

/** Every language of the popup, by lower-case BCP 47 tag. To add one, add its file and a line here. */
export const LANGUAGES: ReadonlyMap<string, Language> = new Map(
  [
    ENGLISH,
    { ...pickLanguage(['nl']), strings: nl },
    { ...pickLanguage(['de']), strings: de },
    { ...pickLanguage(['fr']), strings: fr },
    { ...pickLanguage(['es']), strings: es },
    { ...pickLanguage(['ar']), strings: ar },
  ].map((language) => [language.tag.toLowerCase(), language]),
);

/**
 * The first of the wanted languages that the popup speaks, by RFC 4647 section 3.4 (lookup): each tag is tried whole, then
 * without its last subtag, and so on, before the next one. English when there is none.
 *
 * @param wanted BCP 47 tags in order of preference, in any case; anything malformed is passed over
 */
export function pickStrings(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const subtags = tag.toLowerCase().split(/[-_]/);
    for (let length = subtags.length; length > 0; length--) {
      const language = LANGUAGES.get(subtags.slice(0, length).join('-'));
      if (language) return language;
    }
  }
  return ENGLISH;
}

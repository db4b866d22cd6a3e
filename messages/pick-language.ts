import { readMessages, speaks } from './catalogue.ts';
import { createLanguage, type Language } from './language.ts';
import { LANGUAGES, PUBLIC_SECTIONS, type Section } from './languages.ts';

interface Speaker {
  readonly language: Language;
  speaks(section: Section): boolean;
}

const languages = LANGUAGES.map((entry) => createLanguage(entry, (section) => readMessages(entry.tag, section)));
const speakers = new Map<string, Speaker>(
  languages.map((language) => [
    language.tag.toLowerCase(),
    { language, speaks: (section) => speaks(language.tag, section) },
  ]),
);
const [english] = languages;
/** RFC 5646 section 4.4.1: as long as a tag gets that anybody uses. */
const MAX_TAG_LENGTH = 35;

/**
 * The first of the wanted languages that speaks all of the sections, by RFC 4647 section 3.4 (lookup): each tag is tried whole, then
 * without its last subtag, and so on, before the next one. English when there is none.
 *
 * @param wanted BCP 47 tags in order of preference, in any case; anything malformed is passed over
 * @param sections default: all but `vendor`, so that a language in which one of them is missing is never met halfway
 */
export function pickLanguage(wanted: readonly string[], sections: readonly Section[] = PUBLIC_SECTIONS): Language {
  for (const tag of wanted) {
    // Each of the subtags is a look-up.
    if (tag.length > MAX_TAG_LENGTH) continue;
    const subtags = tag.toLowerCase().split(/[-_]/);
    for (let length = subtags.length; length > 0; length--) {
      const speaker = speakers.get(subtags.slice(0, length).join('-'));
      if (speaker && sections.every((section) => speaker.speaks(section))) return speaker.language;
    }
  }
  if (!english) throw new Error('LANGUAGES begins with English');
  return english;
}

/** One more language that can be picked, which speaks every section. */
export function registerLanguage(language: Language): void {
  speakers.set(language.tag.toLowerCase(), { language, speaks: () => true });
}

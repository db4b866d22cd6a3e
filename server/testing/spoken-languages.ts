import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';

/** The languages with words for all that people meet. messages/messages.test.ts names what the others lack. */
export const SPOKEN_LANGUAGES = LANGUAGES.filter(({ tag }) => pickLanguage([tag]).tag === tag);

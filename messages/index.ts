export type { MessageKey, Messages } from './catalogue.ts';
export type { Language } from './language.ts';
export { LANGUAGES, PUBLIC_SECTIONS, SECTIONS, type Section } from './languages.ts';
export { pickLanguage } from './pick-language.ts';
export { messagesIn, pickLanguageWith } from './replaced-messages.ts';
export type { Translate } from './translate.ts';

import { displayName } from '../describe-user.ts';
import type { Autofill } from './autofill.ts';

export const locale = {
  language: {
    words: /\b(language|locale|lang|taal|sprache|langue|idioma|lingua|jezyk|dil)\b|言語|لغة|שפה/,
    select: true,
    keepsDefault: true,
    values: ({ locale: tag }, { language }) => [tag, tag?.split('-')[0], tag && displayName('language', tag, language)],
  },
} satisfies Record<string, Autofill>;

import { displayName } from '../describe-user.ts';
import type { Autofill } from './autofill.ts';

export const locale = {
  language: {
    words: /\b(language|locale|lang)\b/,
    select: true,
    keepsDefault: true,
    values: ({ locale: tag }, { language }) => [tag, tag?.split('-')[0], tag && displayName('language', tag, language)],
  },
} satisfies Record<string, Autofill>;

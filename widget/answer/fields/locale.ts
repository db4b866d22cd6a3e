import { displayName } from '../describe-user.ts';
import type { Autofill } from './autofill.ts';

export const locale = {
  language: {
    spellings: ['language', 'locale', 'lang'],
    values: ({ locale: tag }, language) => [tag, tag?.split('-')[0], tag && displayName('language', tag, language)],
  },
} satisfies Record<string, Autofill>;

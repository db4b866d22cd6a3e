import { z } from 'zod';
import type { FieldDescriptor } from './field-descriptor.ts';

/** Chosen from a list on the profile, so there is nothing to type. */
export const locale = {
  icon:
    'M2.5 10a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0zM2.5 10h15' +
    'M10 2.5c2.2 2.1 3.2 4.6 3.2 7.5s-1 5.4-3.2 7.5c-2.2-2.1-3.2-4.6-3.2-7.5s1-5.4 3.2-7.5z',
  claims: (account) => ({ locale: account.locale }),
  inputs: {},
  told: {
    locale: {
      schema: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z\d]{1,8})*$/, 'not a BCP 47 tag'),
      option: { name: 'locale', value: 'L' },
    },
  },
  toProfile: (texts) => (texts['locale'] ? { locale: texts['locale'] } : {}),
} as const satisfies FieldDescriptor;

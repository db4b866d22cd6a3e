import { z } from 'zod';
import type { FieldDescriptor } from './field-descriptor.ts';

/** Uploaded on the profile, so there is nothing to type. */
export const picture = {
  icon:
    'M4.5 3.5h11a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2z' +
    'M5.5 8a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0zM3 14.5l4-3.8 3 2.8 3.2-3.7 4.3 4.7',
  claims: (account) => ({ picture: account.picture }),
  inputs: {},
  told: {
    picture: { schema: z.url({ protocol: /^https$/ }), option: { name: 'picture', value: 'URL' } },
  },
  toProfile: (texts) => (texts['picture'] ? { picture: texts['picture'] } : {}),
} as const satisfies FieldDescriptor;

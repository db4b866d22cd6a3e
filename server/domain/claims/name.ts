import type { FieldDescriptor } from './field-descriptor.ts';
import { nameSchema } from './input-schemas.ts';

/** Not everybody has a family name. */
export const name = {
  icon: 'M6.8 6.5a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0zM3.8 16.8a6.2 6.2 0 0 1 12.4 0',
  claims: ({ givenName, familyName }) => ({
    name: [givenName, familyName].filter(Boolean).join(' '),
    given_name: givenName,
    family_name: familyName,
  }),
  inputs: {
    given_name: {
      schema: nameSchema,
      option: { name: 'given-name', value: 'G' },
      control: 'text',
      autocomplete: 'given-name',
      needed: true,
    },
    family_name: {
      schema: nameSchema,
      option: { name: 'family-name', value: 'F' },
      control: 'text',
      autocomplete: 'family-name',
      needed: false,
    },
  },
  toProfile: ({ given_name: givenName, family_name: familyName }) => ({
    ...(givenName && { givenName }),
    ...(familyName && { familyName }),
  }),
  page: { name: 'name', parts: ['givenName', 'familyName'] },
} as const satisfies FieldDescriptor;

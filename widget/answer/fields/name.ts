import type { Autofill } from './autofill.ts';

export const name = {
  name: {
    spellings: ['name', 'fullname', 'displayname'],
    values: (user) => [user.name ?? [user.given_name, user.family_name].filter(Boolean).join(' ')],
  },
  'given-name': {
    spellings: ['givenname', 'firstname', 'fname', 'forename'],
    values: (user) => [user.given_name],
  },
  'family-name': {
    spellings: ['familyname', 'lastname', 'lname', 'surname'],
    values: (user) => [user.family_name],
  },
} satisfies Record<string, Autofill>;

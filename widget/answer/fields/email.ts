import type { Autofill } from './autofill.ts';

export const email = {
  email: { spellings: ['email', 'emailaddress', 'mail'], values: (user) => [user.email] },
} satisfies Record<string, Autofill>;

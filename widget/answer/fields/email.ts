import type { Autofill } from './autofill.ts';

export const email = {
  email: {
    words: /\be mail|email|\bmail\b/,
    values: (user) => [user.email],
  },
} satisfies Record<string, Autofill>;

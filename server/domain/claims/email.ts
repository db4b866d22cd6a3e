import type { FieldDescriptor } from './field-descriptor.ts';

/** It is confirmed by mail and never typed in here: see domain/accounts/change-email.ts. */
export const email = {
  icon: 'M4.5 4.5h11a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2zM3 6l7 5 7-5',
  claims: (account) => ({
    email: account.email,
    ...(account.email && { email_verified: account.emailVerified }),
  }),
  inputs: {},
  toProfile: () => ({}),
} as const satisfies FieldDescriptor;

import type { Autofill } from './autofill.ts';

export const phoneNumber = {
  tel: {
    spellings: ['tel', 'telephone', 'phone', 'phonenumber', 'mobile', 'mobilephone'],
    values: (user) => [user.phone_number],
  },
} satisfies Record<string, Autofill>;

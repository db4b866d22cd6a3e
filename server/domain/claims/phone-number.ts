import { readPhoneNumber } from '../values/phone-number.ts';
import type { FieldDescriptor } from './field-descriptor.ts';
import { phoneNumberSchema } from './input-schemas.ts';

/**
 * Verified is the number that the operator's own system says it has verified. The person is told by mail when it changes, because whoever changes it
 * gets the calls of shops and couriers.
 */
export const phoneNumber = {
  icon:
    'M6.6 2.8 4.3 3.4a1.8 1.8 0 0 0-1.3 2C3.8 11.7 8.3 16.2 14.6 17' +
    'a1.8 1.8 0 0 0 2-1.3l.6-2.3-3.7-1.9-1.8 1.8a10 10 0 0 1-5-5l1.8-1.8z',
  claims: ({ phoneNumber, verifiedPhoneNumber }) => ({
    phone_number: phoneNumber,
    ...(phoneNumber && { phone_number_verified: verifiedPhoneNumber === phoneNumber }),
  }),
  inputs: {
    phone_number: {
      schema: phoneNumberSchema,
      option: { name: 'phone', value: 'N' },
      control: 'tel',
      autocomplete: 'tel',
      needed: true,
      width: 'full',
    },
  },
  toProfile: ({ phone_number: typed }, home) =>
    typed ? { phoneNumber: readPhoneNumber(typed, home?.country) ?? typed } : {},
  page: { name: 'phone', parts: ['phoneNumber'], removable: true, notice: 'phone_changed' },
} as const satisfies FieldDescriptor;

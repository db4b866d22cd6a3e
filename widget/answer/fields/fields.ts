import type { Field } from '@signup-with-platform/protocol';
import { address } from './address.ts';
import type { Autofill } from './autofill.ts';
import { birthdate } from './birthdate.ts';
import { email } from './email.ts';
import { locale } from './locale.ts';
import { name } from './name.ts';
import { phoneNumber } from './phone-number.ts';

/** What each field fills in a form. A picture fills nothing. */
export const AUTOFILL_OF_FIELD: Readonly<Record<Field, Readonly<Record<string, Autofill>>>> = {
  name,
  email,
  phone_number: phoneNumber,
  address,
  birthdate,
  locale,
  picture: {},
};

/** HTML's autofill fields that the platform can answer, by name. */
export const AUTOFILLS: ReadonlyMap<string, Autofill> = new Map(
  Object.values(AUTOFILL_OF_FIELD).flatMap(Object.entries),
);

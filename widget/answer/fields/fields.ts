import type { BuiltInField, Claim, Field } from '@signup-with-platform/protocol';
import { address } from './address.ts';
import type { Autofill } from './autofill.ts';
import { birthdate } from './birthdate.ts';
import { email } from './email.ts';
import { locale } from './locale.ts';
import { name } from './name.ts';
import { phoneNumber } from './phone-number.ts';

type FillingField = Exclude<BuiltInField, `is_over_${string}`>;

/**
 * What each field fills in a form. A picture fills nothing, and neither does an age: ticking "I am 18" is a declaration that people make themselves.
 * The order is that in which names and labels are tried, so that "email address" is no address, and "street name" no name.
 */
export const AUTOFILL_OF_FIELD: Readonly<Record<FillingField, Readonly<Record<string, Autofill>>>> = {
  email,
  phone_number: phoneNumber,
  birthdate,
  address,
  name,
  locale,
  picture: {},
};

/** One of them, with its name. */
export interface NamedAutofill extends Omit<Autofill, 'claim'> {
  readonly token: string;
  readonly field: Field;
  readonly claim: Claim;
}

/** HTML's autofill fields that the platform can answer, and parts of them that shops ask for apart, by name. */
export const AUTOFILLS: ReadonlyMap<string, NamedAutofill> = new Map(
  (Object.keys(AUTOFILL_OF_FIELD) as FillingField[]).flatMap((field) =>
    Object.entries(AUTOFILL_OF_FIELD[field]).map(
      ([token, one]) => [token, { claim: field, ...one, token, field }] as const,
    ),
  ),
);

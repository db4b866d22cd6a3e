import { html } from '@lit-labs/ssr';
import type { AddressClaim } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { type AddressBookError, addressBookOf, addressName, MAX_ADDRESSES } from '#domain/accounts/address-book.ts';
import { addressLineSchema, addressLinesSchema, countrySchema } from '#domain/accounts/profile.ts';
import { type AddressInput, addressField } from '#pages/address-fields.ts';
import { COUNTRY_CODES } from '#pages/countries.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { addressKey } from './address-list.ts';
import { checkForm, type FieldError } from './check-form.ts';
import { sendQuestion } from './question-page.ts';
import { profileStrings } from './strings.ts';

/** In the order in which they are asked. */
const SCHEMAS: Readonly<Record<AddressInput, z.ZodType<string, string>>> = {
  street_address: addressLinesSchema,
  postal_code: addressLineSchema,
  locality: addressLineSchema,
  region: addressLineSchema,
  country: countrySchema.refine((code) => code === '' || COUNTRY_CODES.includes(code), 'valid_country'),
};
const INPUTS = Object.keys(SCHEMAS) as AddressInput[];
/** Some countries have no postal codes, most no regions. */
const REQUIRED: readonly AddressInput[] = ['street_address', 'locality', 'country'];

const defaultSchema = z.object({ as_default: z.literal('yes') });

type TypedAddress = Record<AddressInput, string>;

/** What a form for an address says. */
export interface AddressForm {
  typed?: TypedAddress;
  asDefault?: boolean;
  errors?: Partial<Record<AddressInput, FieldError>>;
  problem?: AddressBookError['code'];
  /** Name of the address that is changed; absent for a new one. */
  edited?: string;
}

export type CheckedAddress = { typed: TypedAddress; asDefault: boolean } & (
  | { address: AddressClaim; errors?: never }
  | { errors: Partial<Record<AddressInput, FieldError>> }
);

export function checkAddress(body: unknown): CheckedAddress {
  const asDefault = defaultSchema.safeParse(body).success;
  const { typed, ...checked } = checkForm(SCHEMAS, body, REQUIRED);
  if (checked.errors) return { typed, asDefault, errors: checked.errors };
  const address: AddressClaim = {};
  for (const part of INPUTS) {
    if (checked.values[part]) address[part] = checked.values[part];
  }
  return { typed, asDefault, address };
}

export function toTypedAddress(address: AddressClaim): TypedAddress {
  return Object.fromEntries(INPUTS.map((part) => [part, address[part] ?? ''])) as TypedAddress;
}

export function sendAddressForm(call: PersonCall, status: number, form: AddressForm): Promise<FastifyReply> {
  const { account, language } = call;
  const { addresses: strings } = profileStrings(language);
  const { typed, errors = {}, edited } = form;
  const book = addressBookOf(account);
  const isDefault = edited !== undefined && book[0] !== undefined && addressName(addressKey(call), book[0]) === edited;
  const first = INPUTS.find((part) => errors[part]) ?? INPUTS[0];
  return sendQuestion(call, status, {
    title: edited === undefined ? strings.addTitle : strings.editTitle,
    lead: isDefault ? strings.isDefault : undefined,
    action: `/profile/addresses/${edited ?? 'new'}`,
    alert: alertOf(call, form),
    fields: html`<div class="pair">${INPUTS.map((name) =>
      addressField(
        {
          name,
          value: typed?.[name] ?? '',
          required: REQUIRED.includes(name),
          autofocus: name === first,
          error: errors[name] && language.strings.errors[errors[name]],
        },
        language,
      ),
    )}</div>
${
  isDefault || book.length === 0
    ? nothing
    : html`<label class="choice"><input type="checkbox" name="as_default" value="yes" ?checked=${form.asDefault}><span>${strings.asDefault}</span></label>`
}`,
  });
}

function alertOf({ language }: PersonCall, { errors, problem }: AddressForm): string | undefined {
  const { addresses: strings } = profileStrings(language);
  switch (problem) {
    case 'gone':
      return strings.errors.goneWhileEditing;
    case 'known':
      return strings.errors.known;
    case 'full':
      return strings.full.replace('{count}', String(MAX_ADDRESSES));
    default:
      return errors && portalStrings(language).checkFields;
  }
}

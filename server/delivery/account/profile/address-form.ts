import { html } from '@lit-labs/ssr';
import type { AddressClaim } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { type AddressBookError, addressBookOf, addressName, MAX_ADDRESSES } from '#domain/accounts/address-book.ts';
import { ADDRESS_INPUTS, type AddressInput, address as addressDescriptor, toAddress } from '#domain/claims/address.ts';
import { fieldInput } from '#pages/field-inputs.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { addressKey } from './address-list.ts';
import { checkForm, type FieldError } from './check-form.ts';
import { sendQuestion } from './question-page.ts';
import { profileStrings } from './strings.ts';

const { inputs: INPUTS } = addressDescriptor;

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
  const { typed, ...checked } = checkForm(INPUTS, body);
  if (checked.errors) return { typed, asDefault, errors: checked.errors };
  return { typed, asDefault, address: toAddress(checked.values) };
}

export function toTypedAddress(address: AddressClaim): TypedAddress {
  return Object.fromEntries(ADDRESS_INPUTS.map((part) => [part, address[part] ?? ''])) as TypedAddress;
}

export function sendAddressForm(call: PersonCall, status: number, form: AddressForm): Promise<FastifyReply> {
  const { account, language } = call;
  const { addresses: strings } = profileStrings(language);
  const { typed, errors = {}, edited } = form;
  const book = addressBookOf(account);
  const isDefault = edited !== undefined && book[0] !== undefined && addressName(addressKey(call), book[0]) === edited;
  const first = ADDRESS_INPUTS.find((part) => errors[part]) ?? ADDRESS_INPUTS[0];
  return sendQuestion(call, status, {
    title: edited === undefined ? strings.addTitle : strings.editTitle,
    lead: isDefault ? strings.isDefault : undefined,
    action: `/profile/addresses/${edited ?? 'new'}`,
    alert: alertOf(call, form),
    fields: html`<div class="pair">${ADDRESS_INPUTS.map((name) =>
      fieldInput(
        {
          name,
          value: typed?.[name] ?? '',
          required: INPUTS[name].needed,
          autofocus: name === first,
          error: errors[name] && language.t(`shared.errors.${errors[name]}`),
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

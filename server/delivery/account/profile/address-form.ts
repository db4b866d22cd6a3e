import { html } from '@lit-labs/ssr';
import type { AddressClaim } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { type AddressBookError, addressBookOf, addressName, MAX_ADDRESSES } from '#domain/accounts/address-book.ts';
import { ADDRESS_INPUTS, type AddressInput, address as addressDescriptor, toAddress } from '#domain/claims/address.ts';
import { fieldInput } from '#pages/field-inputs.ts';
import { checkboxField } from '#pages/forms.ts';
import type { PersonCall } from '#portal/route.ts';
import { addressKey } from './address-list.ts';
import { checkForm, type FieldError, textOf } from './check-form.ts';
import { sendQuestion } from './question-page.ts';

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
  const { street_address = '', postal_code = '', locality = '', region = '', country = '' } = address;
  return { street_address, postal_code, locality, region, country };
}

export function sendAddressForm(call: PersonCall, status: number, form: AddressForm): Promise<FastifyReply> {
  const { account, language } = call;
  const { t } = language;
  const { typed, errors = {}, edited } = form;
  const book = addressBookOf(account);
  const isDefault = edited !== undefined && book[0] !== undefined && addressName(addressKey(call), book[0]) === edited;
  const first = ADDRESS_INPUTS.find((part) => errors[part]) ?? ADDRESS_INPUTS[0];
  const input = (name: AddressInput) => {
    const required = INPUTS[name].needed;
    const error = textOf(errors[name], language);
    const state = { value: typed?.[name] ?? '', required, optional: !required, autofocus: name === first };
    return fieldInput({ name, ...state, error }, language);
  };
  const asDefault = () =>
    checkboxField({
      name: 'as_default',
      label: t('account.profile.addresses.asDefault'),
      checked: form.asDefault,
    });
  return sendQuestion(call, status, {
    title: t(edited === undefined ? 'account.profile.addresses.addTitle' : 'account.profile.addresses.editTitle'),
    lead: isDefault ? t('account.profile.addresses.isDefault') : undefined,
    action: `/profile/addresses/${edited ?? 'new'}`,
    alert: alertOf(call, form),
    fields: html`<div class="pair">${ADDRESS_INPUTS.map(input)}</div>
${isDefault || book.length === 0 ? nothing : asDefault()}`,
  });
}

function alertOf({ language: { t } }: PersonCall, { errors, problem }: AddressForm): string | undefined {
  switch (problem) {
    case 'gone':
      return t('account.profile.addresses.errors.goneWhileEditing');
    case 'known':
      return t('account.profile.addresses.errors.known');
    case 'full':
      return t('account.profile.addresses.full', { count: MAX_ADDRESSES });
    default:
      return errors && t('account.frame.checkFields');
  }
}

import type { AddressClaim } from '@signup-with-platform/protocol';
import { COUNTRY_CODES } from './country-codes.ts';
import { countryName } from './country-name.ts';
import type { FieldDescriptor } from './field-descriptor.ts';
import { addressLineSchema, addressLinesSchema, countrySchema } from './input-schemas.ts';

/** Some countries have no postal codes, most no regions. */
export const address = {
  icon: 'M10 17.8s5.8-5 5.8-9.6a5.8 5.8 0 0 0-11.6 0c0 4.6 5.8 9.6 5.8 9.6zM7.8 8.2a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0z',
  claims: (account) => ({ address: account.address }),
  inputs: {
    street_address: {
      schema: addressLinesSchema,
      option: { name: 'address-street-address', value: 'S', alias: 'address-street' },
      control: 'lines',
      autocomplete: 'street-address',
      needed: true,
      width: 'full',
    },
    postal_code: {
      schema: addressLineSchema,
      option: { name: 'address-postal-code', value: 'C' },
      control: 'text',
      autocomplete: 'postal-code',
      needed: false,
      width: 'narrow',
    },
    locality: {
      schema: addressLineSchema,
      option: { name: 'address-locality', value: 'L' },
      control: 'text',
      autocomplete: 'address-level2',
      needed: true,
      width: 'wide',
    },
    region: {
      schema: addressLineSchema,
      option: { name: 'address-region', value: 'R' },
      control: 'text',
      autocomplete: 'address-level1',
      needed: false,
    },
    country: {
      schema: countrySchema.refine((code) => code === '' || COUNTRY_CODES.includes(code), 'valid_country'),
      option: { name: 'address-country', value: 'CC' },
      control: 'country',
      autocomplete: 'country',
      needed: true,
    },
  },
  toProfile(texts) {
    const claim = toAddress(texts);
    return Object.keys(claim).length > 0 ? { address: claim } : {};
  },
} as const satisfies FieldDescriptor;

export type AddressInput = keyof typeof address.inputs;
export const ADDRESS_INPUTS = Object.keys(address.inputs) as AddressInput[];

/** Texts of the inputs as an address; empty ones are left out. */
export function toAddress(texts: Readonly<Partial<Record<AddressInput, string | undefined>>>): AddressClaim {
  const claim: AddressClaim = {};
  for (const part of ADDRESS_INPUTS) {
    if (texts[part]) claim[part] = texts[part];
  }
  return claim;
}

/**
 * An address as lines of text for reading, separated by `\n`.
 * @param language of the reader (BCP 47), in which the country is named. An address that has its own form stays as it is written.
 */
export function formatAddress(address: AddressClaim, language: string): string {
  if (address.formatted) return address.formatted;
  const town = [address.postal_code, address.locality].filter(Boolean).join(' ');
  const country = address.country && countryName(address.country, language);
  return [address.street_address, town, address.region, country].filter(Boolean).join('\n');
}

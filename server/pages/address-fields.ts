import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { countriesIn } from './countries.ts';
import { selectField, type TextField, textArea, textField } from './forms.ts';

export type AddressInput = 'street_address' | 'postal_code' | 'locality' | 'region' | 'country';

const ATTRIBUTES: Readonly<Record<AddressInput, Pick<TextField, 'autocomplete' | 'width'>>> = {
  street_address: { autocomplete: 'street-address', width: 'full' },
  postal_code: { autocomplete: 'postal-code', width: 'narrow' },
  locality: { autocomplete: 'address-level2', width: 'wide' },
  region: { autocomplete: 'address-level1' },
  country: { autocomplete: 'country' },
};

/** One input of a postal address, within a `.pair`. The country is chosen from a list of ISO 3166-1 codes. */
export function addressField(
  { name, ...rest }: Omit<TextField, 'autocomplete' | 'label' | 'name' | 'width'> & { name: AddressInput },
  language: Language,
): unknown {
  const field: TextField = { name, ...rest, label: language.t(`shared.inputs.${name}`), ...ATTRIBUTES[name] };
  if (name === 'country') return countryField(field, language);
  // `street-address` may hold several lines, which HTML allows in a textarea only (HTML section 4.10.18.7.1).
  if (name === 'street_address') return textArea(field);
  return textField(field);
}

function countryField({ value, ...field }: TextField, { tag, t }: Language): unknown {
  const chosen = value?.toUpperCase();
  return selectField({
    ...field,
    options: html`<option value="">${t('shared.country.choose')}</option>${countriesIn(tag).map(
      ({ code, name }) => html`<option value=${code} ?selected=${code === chosen}>${name}</option>`,
    )}`,
  });
}

import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { Language } from '../strings/pick-strings.ts';
import { countriesIn } from './countries.ts';
import { describedBy, fieldError, isInvalid, type TextField, textField } from './forms.ts';
import { chevronIcon } from './icons.ts';

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
  const field: TextField = { name, ...rest, label: language.strings.inputs[name], ...ATTRIBUTES[name] };
  if (name === 'country') return countryField(field, language);
  if (name === 'street_address') return streetField(field);
  return textField(field);
}

/** `street-address` may hold several lines, which HTML allows in a textarea only (HTML section 4.10.18.7.1). */
function streetField(field: TextField): unknown {
  return html`<div class="input full"><label for=${field.name}>${field.label}</label><span class="control"><textarea id=${field.name} name=${field.name} rows="2" autocomplete=${field.autocomplete} spellcheck="false" ?required=${field.required} ?autofocus=${field.autofocus} aria-invalid=${isInvalid(field) ? 'true' : nothing} aria-describedby=${describedBy(field) ?? nothing}>${field.value}</textarea></span>${fieldError(field)}</div>`;
}

function countryField(field: TextField, { tag, strings }: Language): unknown {
  return html`<div class="input"><label for=${field.name}>${field.label}</label><span class="control"><select id=${field.name} name=${field.name} autocomplete=${field.autocomplete} ?required=${field.required} ?autofocus=${field.autofocus} aria-invalid=${isInvalid(field) ? 'true' : nothing} aria-describedby=${describedBy(field) ?? nothing}><option value="">${strings.consent.chooseCountry}</option>${countriesIn(
    tag,
  ).map(
    ({ code, name }) => html`<option value=${code} ?selected=${code === field.value?.toUpperCase()}>${name}</option>`,
  )}</select>${chevronIcon}</span>${fieldError(field)}</div>`;
}

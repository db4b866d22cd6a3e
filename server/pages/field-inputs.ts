import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { INPUTS, type InputName, type NamedInput } from '../domain/claims/fields.ts';
import { countriesIn } from './countries.ts';
import { dateField, optionalTag, selectField, type TextField, textArea, textField } from './forms.ts';

/** What a form says of an input, besides what its descriptor does. */
export interface InputState extends Pick<TextField, 'value' | 'required' | 'autofocus' | 'error'> {
  name: InputName;
  /** Whether it may be left empty although the field is given. */
  optional: boolean;
}

/** An input with which a person fills in a field (server/domain/claims/). Several of one field stand within a `.pair`. */
export function fieldInput({ optional, ...state }: InputState, language: Language): unknown {
  const { control, autocomplete, width, range } = descriptorOf(state.name);
  const field: TextField = {
    ...state,
    label: language.t(`shared.inputs.${state.name}`),
    autocomplete,
    ...(optional && { optional: optionalTag(language) }),
    ...(width && { width }),
  };
  switch (control) {
    case 'text':
      return textField(field);
    case 'tel':
      return textField({ ...field, type: 'tel', direction: 'ltr' });
    case 'date':
      return dateField({ ...field, ...range?.() });
    case 'lines':
      // `street-address` may hold several lines, which HTML allows in a textarea only (HTML section 4.10.18.7.1).
      return textArea(field);
    case 'country':
      return countryField(field, language);
  }
}

function descriptorOf(name: InputName): NamedInput {
  const input = INPUTS.find((candidate) => candidate.name === name);
  if (!input) throw new TypeError(`no field has an input ${name}`);
  return input;
}

/** One of a list of ISO 3166-1 codes. */
function countryField({ value, ...field }: TextField, { tag, t }: Language): unknown {
  const chosen = value?.toUpperCase();
  return selectField({
    ...field,
    options: html`<option value="">${t('shared.country.choose')}</option>${countriesIn(tag).map(
      ({ code, name }) => html`<option value=${code} ?selected=${code === chosen}>${name}</option>`,
    )}`,
  });
}

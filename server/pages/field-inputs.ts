import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { BUILT_IN, type FieldCatalogue, type NamedInput } from '../domain/claims/catalogue.ts';
import { countriesIn } from './countries.ts';
import { inLanguage, inputLabel, ownFieldOfInput } from './field-name.ts';
import { dateField, optionalTag, selectField, type TextField, textArea, textField } from './forms.ts';

/** What a form says of an input, besides what its descriptor does. */
export interface InputState extends Pick<TextField, 'value' | 'required' | 'autofocus' | 'error'> {
  name: string;
  /** Whether it may be left empty although the field is given. */
  optional: boolean;
}

/** An input with which a person fills in a field (server/domain/claims/). Several of one field stand within a `.pair`. */
export function fieldInput({ optional, ...state }: InputState, language: Language, catalogue = BUILT_IN): unknown {
  const { control, autocomplete, width, range } = descriptorOf(state.name, catalogue);
  const field: TextField = {
    ...state,
    label: inputLabel(state.name, language, catalogue),
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
    case 'number':
      return textField({ ...field, direction: 'ltr' });
    case 'boolean':
      return choiceField(field, language, [
        ['true', language.t('shared.common.yes')],
        ['false', language.t('shared.common.no')],
      ]);
    case 'choice':
      return choiceField(field, language, optionsOf(state.name, language, catalogue));
  }
}

function descriptorOf(name: string, catalogue: FieldCatalogue): NamedInput {
  const input = catalogue.inputs.find((candidate) => candidate.name === name);
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

type Option = readonly [value: string, label: string];

/** The choices of an operator's own field, in the order of the file. */
function optionsOf(name: string, { tag }: Language, catalogue: FieldCatalogue): Option[] {
  const options = ownFieldOfInput(name, catalogue)?.options ?? {};
  return Object.entries(options).map(([value, words]) => [value, inLanguage(words, tag)]);
}

function choiceField({ value, ...field }: TextField, { t }: Language, options: readonly Option[]): unknown {
  return selectField({
    ...field,
    options: html`<option value="">${t('shared.country.choose')}</option>${options.map(
      ([one, label]) => html`<option value=${one} ?selected=${one === value}>${label}</option>`,
    )}`,
  });
}

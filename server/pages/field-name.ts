import type { Language } from '@signup-with-platform/messages';
import { type Field, isField } from '@signup-with-platform/protocol';
import type { OwnField, Words } from '../../process/settings/own-fields.ts';
import { BUILT_IN, type FieldCatalogue } from '../domain/claims/catalogue.ts';
import { INPUTS } from '../domain/claims/fields.ts';
import { inputNameOf } from '../domain/claims/own-field.ts';

/** An operator's words in the reader's language, or in the first that there are. */
export function inLanguage(words: Words, tag: string): string {
  return words[tag] ?? Object.values(words)[0] ?? '';
}

/** What a field is called, as a label. One that the operator's file has no more is called by its name. */
export function fieldName(field: Field, { t, tag }: Pick<Language, 't' | 'tag'>, catalogue = BUILT_IN): string {
  if (isField(field)) return t(`shared.fields.${field}`);
  const own = catalogue.ownField(field);
  return own ? inLanguage(own.label, tag) : field;
}

/** The same in the middle of a sentence. An operator's own words stay as they are written. */
export function fieldNameInText(field: Field, language: Pick<Language, 't' | 'tag'>, catalogue = BUILT_IN): string {
  return isField(field) ? language.t(`shared.fieldsInText.${field}`) : fieldName(field, language, catalogue);
}

/** The label of an input. */
export function inputLabel(name: string, { t, tag }: Pick<Language, 't' | 'tag'>, catalogue = BUILT_IN): string {
  const builtIn = INPUTS.find((input) => input.name === name);
  if (builtIn) return t(`shared.inputs.${builtIn.name}`);
  const own = ownFieldOfInput(name, catalogue);
  return own ? inLanguage(own.label, tag) : name;
}

export function ownFieldOfInput(name: string, catalogue: FieldCatalogue): OwnField | undefined {
  return catalogue.own.find((field) => inputNameOf(field) === name);
}

import type { OwnName } from '@signup-with-platform/protocol';
import { isDate } from '@signup-with-platform/protocol';
import { z } from 'zod';
import type { OwnField } from '../../../process/settings/own-fields.ts';
import type { OwnClaims, OwnValue } from '../../storage/profile-columns.ts';
import { cleanText, isShownText, lengthOf } from '../values/shown-text.ts';
import type { FieldDescriptor, FieldInput } from './field-descriptor.ts';

/** Inputs of own fields are told apart by it from all others that a form has. */
const INPUT_PREFIX = 'own_';
/** Longer texts are refused before anything looks at them. */
const MAX_TYPED = 2_000;
export const OWN_FIELD_ICON =
  'M10.4 2.8h5a1.8 1.8 0 0 1 1.8 1.8v5l-7.4 7.4a1.8 1.8 0 0 1-2.5 0l-4.3-4.3a1.8 1.8 0 0 1 0-2.5zM13.6 6.3v.1';

export function inputNameOf({ name }: Pick<OwnField, 'name'>): string {
  return `${INPUT_PREFIX}${name}`;
}

/** What the server knows of an operator's own field, as of any other. */
export function describeOwnField(field: OwnField): FieldDescriptor {
  const input: FieldInput = {
    schema: textSchema(field),
    option: { name: `claim ${field.name}=`, value: 'V' },
    control: field.type,
    autocomplete: field.autocomplete,
    needed: true,
    width: 'full',
  };
  return {
    icon: OWN_FIELD_ICON,
    claims: ({ ownClaims }) => ({ [field.name]: ownValueOf(field, ownClaims) }),
    inputs: field.editable ? { [inputNameOf(field)]: input } : {},
    toProfile(texts) {
      const text = texts[inputNameOf(field)];
      return text ? { ownClaims: { [field.name]: read(field, text) } } : {};
    },
  };
}

/** Removes the value of a field, under whichever of its names there is one. */
export function withoutValue({ name, formerly }: OwnField): Readonly<Record<string, null>> {
  return Object.fromEntries([name, ...formerly].map((each) => [each, null]));
}

/**
 * What an account has for a field, under its name or one that it had before. What no longer is of the field's type, or among its choices, is not
 * told; a pattern and limits of today are for what is entered from now on.
 */
export function ownValueOf(field: OwnField, claims: OwnClaims | undefined): OwnValue | undefined {
  for (const name of [field.name, ...field.formerly]) {
    const value = claims && Object.hasOwn(claims, name) ? claims[name] : undefined;
    if (value !== undefined && isOfType(field, value)) return value;
  }
  return undefined;
}

function isOfType({ type, options }: OwnField, value: OwnValue): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && isDate(value);
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(options, value);
    case 'text':
      return typeof value === 'string';
  }
}

/** Of what a person types, an operator tells the command line, or a row of an import says. Empty is fine, and says nothing. */
export function textSchema(field: OwnField): z.ZodType<string, string> {
  return z
    .string()
    .max(MAX_TYPED, 'too_long')
    .transform(cleanText)
    .superRefine((text, context) => {
      const problem = text === '' ? undefined : problemOf(field, text);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    });
}

function problemOf(field: OwnField, text: string) {
  switch (field.type) {
    case 'text':
      if (lengthOf(text) > field.maxLength) return 'too_long';
      if (!isShownText(text)) return 'valid_characters';
      return field.pattern === undefined || field.pattern.test(text) ? undefined : 'valid_format';
    case 'number':
      return isNumberWithin(field, text) ? undefined : 'valid_number';
    case 'date':
      return isDate(text) ? undefined : 'valid_date';
    case 'boolean':
      return text === 'true' || text === 'false' ? undefined : 'valid_choice';
    case 'choice':
      return Object.hasOwn(field.options, text) ? undefined : 'valid_choice';
  }
}

/** `Number` would also read `0x10`, `1e3` and blanks. */
function isNumberWithin({ min, max }: OwnField, text: string): boolean {
  const number = /^-?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  return number >= min && number <= max;
}

function read({ type }: OwnField, text: string): OwnValue {
  if (type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

/** JSON Schema 2020-12 of the value on the wire. */
export function jsonSchemaOf({ type, label, maxLength, min, max, options }: OwnField): Record<string, unknown> {
  const description = Object.values(label)[0];
  switch (type) {
    case 'text':
      return { type: 'string', maxLength, description };
    case 'number':
      return { type: 'number', minimum: min, maximum: max, description };
    case 'boolean':
      return { type: 'boolean', description };
    case 'date':
      return { type: 'string', format: 'date', description };
    case 'choice':
      return { type: 'string', enum: Object.keys(options), description };
  }
}

export function ownNameOf({ name }: OwnField): OwnName {
  return name as OwnName;
}

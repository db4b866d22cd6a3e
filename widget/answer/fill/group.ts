import { AUTOFILLS } from '../fields/fields.ts';
import { means, says } from '../fields/learn-spellings.ts';
import { isSelect } from './controls.ts';
import { asksBoth, CODE_AND_TOWN, type FormField } from './understand.ts';

const AGAIN = /\b(confirm\w*|repeat|again|retype|re enter|verify)\b/;
const STREET = ['street-address', 'address-line1', 'address-line2', 'address-line3'];

/**
 * Sees the fields of one section as a whole, because what a control is for often shows only beside the others: one name or two, one line
 * of the street or three, the house number or the calling code apart.
 */
export function groupFields(fields: readonly FormField[]): FormField[] {
  return [callingCode, phones, towns, streets, names, dates].reduce((group, step) => step(group), [...fields]);
}

const is =
  (...tokens: string[]) =>
  ({ autofill }: FormField) =>
    tokens.includes(autofill.token);
const has = (fields: readonly FormField[], ...tokens: string[]) => fields.some(is(...tokens));

function as(field: FormField, token: string): FormField {
  const autofill = AUTOFILLS.get(token);
  return autofill ? { ...field, autofill } : field;
}

/** Renames the fields with one token to others, one after the other. The last one is for the rest. */
function rename(
  fields: readonly FormField[],
  from: (field: FormField) => boolean,
  tokens: readonly string[],
): FormField[] {
  let count = 0;
  return fields.map((field) => {
    if (!from(field)) return field;
    count += 1;
    return as(field, tokens[Math.min(count, tokens.length) - 1] ?? field.autofill.token);
  });
}

/** A short text box called "country code" before a phone number. */
function callingCode(fields: FormField[]): FormField[] {
  return fields.map((field, index) => {
    const next = fields[index + 1];
    const isCode = is('country')(field) && !isSelect(field.control) && next && /^tel/.test(next.autofill.token);
    return isCode && /code/.test(field.words) ? as(field, 'tel-country-code') : field;
  });
}

function phones(fields: FormField[]): FormField[] {
  const isTel = is('tel');
  const lengths = fields.filter(isTel).map(({ control }) => (isSelect(control) ? -1 : control.maxLength));
  if (String(lengths) === '3,3,4')
    return rename(fields, isTel, ['tel-area-code', 'tel-local-prefix', 'tel-local-suffix']);
  if (has(fields, 'tel-area-code')) return rename(fields, isTel, ['tel-local']);
  if (has(fields, 'tel-country-code')) return rename(fields, is('tel', 'tel-national'), ['tel-subscriber']);
  // One number was shared. A second control asks for another one, unless it repeats the first.
  const first = fields.find(isTel);
  return fields.filter(
    (field) => !isTel(field) || field === first || AGAIN.test(field.words) || means('again', field.words),
  );
}

/** A box alone under "Postcode / town" is for both, whatever it is called. Of several, each is for what its name says. */
function towns(fields: FormField[]): FormField[] {
  const saysBoth = (field: FormField) =>
    /^(postal-code|address-level2)/.test(field.autofill.token) && asksBoth(field.words);
  const isAlone = fields.filter(saysBoth).length < 2 && !(has(fields, 'postal-code') && has(fields, 'address-level2'));
  const named = isAlone ? rename(fields, saysBoth, [CODE_AND_TOWN]) : fields;
  // "Street, postcode, town" asks for more.
  return named.filter((field) => !is(CODE_AND_TOWN)(field) || (isAlone && !says(field.autofill, 'not', field.words)));
}

function streets(fields: FormField[]): FormField[] {
  const isStreet = (field: FormField) => is(...STREET)(field) && !(field.control instanceof HTMLTextAreaElement);
  const count = fields.filter(isStreet).length;
  const house = has(fields, 'house-number');
  if (house && !count && !has(fields, 'postal-code', CODE_AND_TOWN))
    return fields.filter((field) => !is('house-number')(field));
  if (house && count) {
    const apart = rename(fields, isStreet, ['street-name', 'address-line2']);
    if (!has(apart, 'house-number-addition')) return apart;
    const digits = rename(apart, is('house-number'), ['house-digits']);
    return count > 1 ? digits : rename(digits, is('house-number-addition'), ['addition-or-line2']);
  }
  if (count < 2) return fields;
  const second = count > 2 ? 'address-line2-of-3' : 'address-line2';
  return rename(fields, isStreet, ['address-line1', second, 'address-line3']);
}

/** "Name" beside "first name" is the family name, as "Nom" beside "Prénom"; "Nombre" beside "Apellidos" is the given name. */
function names(fields: FormField[]): FormField[] {
  const isFamily = is('family-name');
  const given = has(fields, 'given-name');
  const both = fields.filter(isFamily).length === 2;
  const parts = both ? rename(fields, isFamily, ['family-name-1', 'family-name-2']) : fields;
  if (given === fields.some(isFamily)) return parts;
  const isVague = ({ autofill, words }: FormField) => autofill.token === 'name' && !says(autofill, 'words', words);
  return rename(parts, isVague, [given ? 'family-name' : 'given-name']);
}

/** `birth` or `birthday` beside a month is the day. */
function dates(fields: FormField[]): FormField[] {
  if (!has(fields, 'bday-month') || has(fields, 'bday-day')) return fields;
  return rename(fields, is('bday'), ['bday-day']);
}

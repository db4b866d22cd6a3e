import { type BuiltInField, FIELDS } from '@signup-with-platform/protocol';
import type { AccountProfile } from '../../storage/accounts.ts';
import { address } from './address.ts';
import { isOver } from './age.ts';
import { birthdate } from './birthdate.ts';
import { email } from './email.ts';
import type { FieldDescriptor, FieldInput, FieldPage, Home, ToldValue } from './field-descriptor.ts';
import { locale } from './locale.ts';
import { name } from './name.ts';
import { phoneNumber } from './phone-number.ts';
import { picture } from './picture.ts';

const DESCRIPTORS = {
  name,
  email,
  phone_number: phoneNumber,
  address,
  birthdate,
  is_over_16: isOver('is_over_16'),
  is_over_18: isOver('is_over_18'),
  is_over_21: isOver('is_over_21'),
  locale,
  picture,
} as const satisfies Record<BuiltInField, FieldDescriptor>;
type Descriptors = typeof DESCRIPTORS;

/** What the server knows of each field. */
export const FIELD_DESCRIPTORS: Readonly<Record<BuiltInField, FieldDescriptor>> = DESCRIPTORS;

/** The name of an input with which a field is filled in. */
export type InputName = { [Name in BuiltInField]: keyof Descriptors[Name]['inputs'] }[BuiltInField];

/** An input with its name. */
export interface NamedInput extends FieldInput {
  readonly name: InputName;
}

/** The inputs of a field; none where it cannot be typed in. */
export function inputsOf(field: BuiltInField): NamedInput[] {
  const inputs: Partial<Record<InputName, FieldInput>> = FIELD_DESCRIPTORS[field].inputs;
  return Object.entries(inputs).map(([name, input]) => ({ ...input, name: name as InputName }));
}

export const INPUTS: readonly NamedInput[] = FIELDS.flatMap(inputsOf);

type PageOf<Descriptor> = Descriptor extends { page: { name: infer Name extends string } } ? Name : never;
/** Pages of the profile that ask for the inputs of one field. */
export type PageName = PageOf<Descriptors[BuiltInField]>;
type RemovableOf<Descriptor> = Descriptor extends { page: { removable: true } } ? PageOf<Descriptor> : never;
/** Those whose inputs may all be left empty. */
export type RemovablePageName = RemovableOf<Descriptors[BuiltInField]>;

/** The fields whose inputs have a page of the profile, each with that page. */
export const FIELD_PAGES = FIELDS.flatMap((field) => {
  const { page } = FIELD_DESCRIPTORS[field];
  return page ? [{ field, page: page as FieldPage & { readonly name: PageName } }] : [];
});

/** Everything about an account that can be told as a text, by name. */
export const TOLD_VALUES: Readonly<Record<string, ToldValue>> = Object.assign(
  {},
  ...FIELDS.map((field) => FIELD_DESCRIPTORS[field])
    .filter(({ derived }) => !derived)
    .map(({ inputs, told }) => ({ ...inputs, ...told })),
);

/**
 * What texts say about an account; empty ones say nothing.
 * @param texts checked, by the names of {@link TOLD_VALUES}
 * @param home what is known from elsewhere; a country among the texts precedes it
 */
export function toProfile(texts: Readonly<Record<string, string | undefined>>, home: Home = {}): AccountProfile {
  const known = { country: texts['country'] || home.country };
  return Object.assign({}, ...FIELDS.map((field) => FIELD_DESCRIPTORS[field].toProfile(texts, known)));
}

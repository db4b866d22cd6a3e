import type { OwnName } from '@signup-with-platform/protocol';
import type { OwnValues, SignupUser } from '../attempt/signup-flow.ts';
import type { Strings } from '../strings/strings.ts';
import type { UserRow } from './describe-user.ts';
import type { NamedAutofill } from './fields/fields.ts';
import type { Request } from './key-set.ts';

type Words = Readonly<Record<string, string>>;

/** What the platform says of a field that its operator has added: `/own-fields.json`. */
interface OwnField {
  readonly name: string;
  readonly type: string;
  readonly label: Words;
  readonly autocomplete: string;
  readonly form_names: readonly string[];
  readonly options: Readonly<Record<string, Words>>;
}

export interface OwnFields {
  /** What the fields are called, by name. */
  labels(claims: OwnValues, language: string | undefined): Readonly<Record<string, string>>;
  /** What was shared of them, to be read. */
  rows(claims: OwnValues, strings: Pick<Strings, 'yes' | 'no'>, language: string | undefined): UserRow[];
  readonly autofills: readonly NamedAutofill[];
}

/** Nobody waits longer to see what was shared; then the names stand for the labels. */
const PATIENCE_MS = 3_000;
const MAX_FIELDS = 20;

/**
 * Asks the platform what its own fields are called, how shops name them and how their values are read. It is loaded, and asked, only where
 * somebody has shared one.
 * @param wordsOf a text as the words by which forms are understood
 */
export async function learnOwnFields(
  platform: string,
  ask: Request,
  wordsOf: (text: string) => string,
): Promise<OwnFields> {
  const fields = await read(platform, ask).catch(() => []);
  const fieldOf = (name: string) => fields.find((one) => one.name === name);
  const labelOf = (name: string, language: string | undefined) => wordIn(fieldOf(name)?.label, language) ?? name;
  return {
    labels: (claims, language) =>
      Object.fromEntries(Object.keys(claims).map((name) => [name, labelOf(name, language)])),
    rows: (claims, strings, language) =>
      Object.entries(claims).map(([name, value]) => ({
        label: labelOf(name, language),
        value: textOf(fieldOf(name), value, strings, language),
      })),
    autofills: fields.map((field) => autofillOf(field, wordsOf)),
  };
}

async function read(platform: string, ask: Request): Promise<OwnField[]> {
  const response = await ask(`${platform}/own-fields.json`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const fields: unknown = response.ok ? await response.json() : [];
  return Array.isArray(fields) ? fields.slice(0, MAX_FIELDS) : [];
}

function wordIn(words: Words | undefined, language = 'en'): string | undefined {
  return words && (words[language] ?? Object.values(words)[0]);
}

function textOf(
  field: OwnField | undefined,
  value: OwnValues[string],
  { yes, no }: Pick<Strings, 'yes' | 'no'>,
  language: string | undefined,
): string {
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'number') return value.toLocaleString(language, { maximumFractionDigits: 9 });
  if (field?.type === 'choice') return wordIn(field.options[value], language) ?? value;
  const isDate = field?.type === 'date' && !Number.isNaN(Date.parse(value));
  return isDate ? new Date(value).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' }) : value;
}

/** By its own name, a label in any language, or what the operator says that shops call it: all of a text, so that "vat" is no "vat included". */
function autofillOf(field: OwnField, wordsOf: (text: string) => string): NamedAutofill {
  const { name, type, label, autocomplete, form_names: names, options } = field;
  const said = new Set([name, ...Object.values(label), ...names].map(wordsOf));
  const valueIn = ({ claims }: SignupUser) => claims?.[name];
  return {
    token: `own:${name}`,
    field: name as OwnName,
    claim: name as OwnName,
    isCalled: (text) => said.has(text),
    ...(autocomplete !== 'off' && { html: autocomplete }),
    select: true,
    inputTypes: type === 'date' || type === 'number' ? [type] : [],
    values(user) {
      const value = valueIn(user as SignupUser);
      return value === undefined ? [] : [String(value), ...Object.values(options[String(value)] ?? {})];
    },
  };
}

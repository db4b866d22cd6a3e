import type { OwnName } from '@signup-with-platform/protocol';
import type { OwnValues, SignupUser } from '../attempt/signup-flow.ts';
import type { Strings } from '../strings/strings.ts';
import type { UserRow } from './describe-user.ts';
import type { NamedAutofill } from './fields/fields.ts';
import type { own } from './fill/understand.ts';
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

/** What was shared of what few ask for, to be read. */
export type RareRows = (user: SignupUser) => UserRow[];

interface Learning {
  platform: string;
  ask: Request;
  strings: Pick<Strings, 'is_over' | 'yes' | 'no' | 'language'>;
}

/** Nobody waits longer to see what was shared; then the names stand for the labels. */
const PATIENCE_MS = 3_000;
const MAX_FIELDS = 20;

/**
 * Ages, and what the operator has added. It is loaded only where somebody has shared one of these.
 * @param wordsOf a text as the words by which forms are understood; handed over, because a module of two chunks would become a third
 * @param understand learns to find the fields in forms
 */
export async function learn(
  user: SignupUser,
  { platform, ask, strings }: Learning,
  wordsOf: (text: string) => string,
  understand: typeof own,
): Promise<RareRows> {
  // The platform knows what its own fields are called, how shops name them and how their values are read.
  const fields = user.claims ? await read(platform, ask).catch(() => []) : [];
  const fieldOf = (name: string) => fields.find((one) => one.name === name);
  const labelOf = (name: string) => {
    const years = /^is_over_(\d+)$/.exec(name)?.[1];
    if (years) return strings.is_over.replace('{years}', years);
    return wordIn(fieldOf(name)?.label, strings.language) ?? name;
  };
  user.claimLabels = Object.fromEntries(Object.keys(rareOf(user)).map((name) => [name, labelOf(name)]));
  Object.assign(understand, { find: finderOf(fields, wordsOf) });
  return (shown) =>
    Object.entries(rareOf(shown)).map(([name, value]) => ({
      label: labelOf(name),
      value: textOf(fieldOf(name), value, strings),
    }));
}

function rareOf(user: SignupUser): OwnValues {
  const ages = Object.entries(user).filter(([name]) => /^is_over_/.test(name));
  return { ...Object.fromEntries(ages), ...user.claims };
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
  { yes, no, language }: Pick<Strings, 'yes' | 'no' | 'language'>,
): string {
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'number') return value.toLocaleString(language, { maximumFractionDigits: 9 });
  if (field?.type === 'choice') return wordIn(field.options[value], language) ?? value;
  const isDate = field?.type === 'date' && !Number.isNaN(Date.parse(value));
  return isDate ? new Date(value).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' }) : value;
}

/**
 * By HTML's name, by the field's own, a label in any language, or what the operator says that shops call it. That is all of a text, so that "vat"
 * is no "vat included". What is a usual field by HTML's name stays one.
 */
function finderOf(fields: readonly OwnField[], wordsOf: (text: string) => string): typeof own.find {
  const known = fields.map((field) => {
    const { name, label, autocomplete, form_names: names } = field;
    return {
      autocomplete,
      autofill: autofillOf(field),
      said: new Set([name, ...Object.values(label), ...names].map(wordsOf)),
    };
  });
  return (token, { label, head, names }) =>
    known.find(
      ({ said, autocomplete }) =>
        (autocomplete === token && token !== 'off') || [label, head, ...names].some((text) => said.has(text)),
    )?.autofill;
}

function autofillOf({ name, type, options }: OwnField): NamedAutofill {
  return {
    token: `own:${name}`,
    field: name as OwnName,
    claim: name as OwnName,
    select: true,
    inputTypes: type === 'date' || type === 'number' ? [type] : [],
    values(user) {
      const value = (user as SignupUser).claims?.[name];
      return value === undefined ? [] : [String(value), ...Object.values(options[String(value)] ?? {})];
    },
  };
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { lineOfEntry } from './json-lines.ts';
import { pathOf } from './paths.ts';
import { SafePattern } from './safe-pattern.ts';
import { SettingError } from './setting.ts';

/** A text in the languages of people, by tag. There is always an English one, which stands where another is missing. */
export type Words = Readonly<Record<string, string>>;

/** A field that the operator adds to those of the platform, such as a loyalty number. */
export interface OwnField {
  /** Of its claim, on the wire and everywhere else. */
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'choice';
  readonly label: Words;
  /** The scope that it is a part of. Default: its own name. */
  readonly scope: string;
  /** Whether people may fill it in and change it. Otherwise it comes from the operator alone. */
  readonly editable: boolean;
  /** Whether an app in production needs the operator's approval to ask for it. */
  readonly needsApproval: boolean;
  /** HTML's autofill field name, or `off`. */
  readonly autocomplete: string;
  /** How shops name it in their forms, besides its own name. */
  readonly formNames: readonly string[];
  /** Of a text: the longest, in characters, and what it has to look like. */
  readonly maxLength: number;
  readonly pattern: SafePattern | undefined;
  /** Of a number. */
  readonly min: number;
  readonly max: number;
  /** Of a choice: each value with its words. */
  readonly options: Readonly<Record<string, Words>>;
  /** Names that it had before, under which accounts may still have a value. */
  readonly formerly: readonly string[];
  /** What the first test person of the sandbox has. */
  readonly example: string | number | boolean | undefined;
}

/** What the rest of the product has taken. */
export interface Taken {
  /** Names of claims and properties. */
  readonly names: readonly string[];
  /** Tags of the languages that words may be in; the first has to be there. */
  readonly languages: readonly string[];
}

/**
 * Claims that the protocols know (the JSON Web Token Claims registry, OpenID Connect), what user information is called in our API, and what every
 * object of JavaScript has: a field with such a name would say something else than the rest of the world takes it for.
 */
export const PROTOCOL_NAMES: readonly string[] = (
  'iss sub aud exp nbf iat jti nonce acr amr azp auth_time at_hash c_hash s_hash sid typ cnf act may_act client_id scope events roles groups ' +
  'entitlements environment is_new_user nickname middle_name preferred_username profile website gender zoneinfo updated_at created_at ' +
  'id username first_name last_name is_active is_email_verified last_signin external_id claims fields state code error type ' +
  'constructor prototype'
).split(' ');

const MAX_OWN_FIELDS = 20;
const MAX_LABEL = 60;
const MAX_OPTIONS = 50;
const MAX_TEXT_LENGTH = 500;
const DEFAULT_TEXT_LENGTH = 100;
/** Of all texts together: backends take no credential of more than 16 KB, and there are other claims in it. */
const MAX_CHARACTERS = 2_000;
/** Names of three letters are those of JSON Web Tokens, which registers more of them. */
const NAME = /^[a-z][a-z0-9_]{3,39}$/;
/** Control characters, line breaks, markup and what turns a line around. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069<>]/u;

const name = z
  .string()
  .regex(NAME, 'must be 4 to 40 letters in lower case, digits and underscores, and begin with a letter');
const label = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(MAX_LABEL, `may have at most ${MAX_LABEL} characters`)
  .refine((text) => !UNFIT.test(text), 'must be one line without markup');

const entrySchema = (taken: Taken) => {
  const [first = 'en', ...others] = taken.languages;
  const words = z.union([
    label.transform((text): Words => ({ [first]: text })),
    z.strictObject({
      [first]: label,
      ...Object.fromEntries(others.map((tag) => [tag, label.optional()])),
    }) as unknown as z.ZodType<Words>,
  ]);
  const pattern = z.string().transform((source, context) => {
    try {
      return new SafePattern(source);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
  return z.strictObject({
    name: name.refine((text) => !taken.names.includes(text), 'is the name of something else'),
    type: z.enum(['text', 'number', 'boolean', 'date', 'choice']),
    label: words,
    scope: name.refine((text) => text !== 'openid' && text !== 'offline_access', 'must be another one').optional(),
    editable: z.boolean().default(true),
    needs_approval: z.boolean().default(false),
    autocomplete: z
      .string()
      .regex(/^[a-z0-9]+(?:[- ][a-z0-9]+){0,5}$/, "must be one of HTML's autofill field names")
      .default('off'),
    form_names: z.array(z.string().trim().min(2).max(MAX_LABEL)).max(20).default([]),
    max_length: z.int().min(1).max(MAX_TEXT_LENGTH).optional(),
    pattern: pattern.optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    options: z
      .record(z.string().regex(/^[\w.-]{1,40}$/, 'must be up to 40 letters, digits, dots and hyphens'), words)
      .refine((given) => Object.keys(given).length <= MAX_OPTIONS, `may be at most ${MAX_OPTIONS}`)
      .optional(),
    formerly: z.array(name).max(5).default([]),
    example: z.union([z.string().max(MAX_TEXT_LENGTH), z.number(), z.boolean()]).optional(),
  });
};
type Entry = z.infer<ReturnType<typeof entrySchema>>;

/** Which of the keys make sense with which type only. */
const ONLY_WITH = {
  max_length: 'text',
  pattern: 'text',
  min: 'number',
  max: 'number',
  options: 'choice',
} as const satisfies Partial<Record<keyof Entry, OwnField['type']>>;

/**
 * Reads the setting: JSON, or the path of a file of JSON.
 * @throws SettingError that names all that is wrong, each with its line, its field and its key
 */
export function ownFieldsOf(value: string, taken: Taken): readonly OwnField[] {
  const json = /^\s*\[/.test(value) ? value : readFile(value);
  const parsed = z.array(z.unknown()).max(MAX_OWN_FIELDS).safeParse(parseJson(json));
  if (!parsed.success) throw new SettingError(`must be a list of at most ${MAX_OWN_FIELDS} fields`);
  const problems: string[] = [];
  const schema = entrySchema(taken);
  const names = new Set<string>();
  const fields = parsed.data.flatMap((each, index) => {
    const place = `line ${lineOfEntry(json, index)}, [${index}]`;
    const entry = schema.safeParse(each);
    if (!entry.success) {
      problems.push(...entry.error.issues.flatMap((issue) => problemsOf(issue).map((text) => `${place}${text}`)));
      return [];
    }
    problems.push(...contradictionsOf(entry.data).map((text) => `${place}${text}`));
    for (const each of [entry.data.name, ...entry.data.formerly]) {
      if (names.has(each)) problems.push(`${place}.name ${each} is there twice`);
      names.add(each);
    }
    return [fieldOf(entry.data)];
  });
  const characters = fields.filter(({ type }) => type === 'text').reduce((sum, { maxLength }) => sum + maxLength, 0);
  if (characters > MAX_CHARACTERS)
    problems.push(`has texts of up to ${characters} characters together; a credential has room for ${MAX_CHARACTERS}`);
  if (problems.length > 0) throw new SettingError(problems.join('; '));
  return fields;
}

/** Languages in which a field has no words of its own, so that people read the English ones. */
export function languagesLacking({ label, options }: OwnField, languages: readonly string[]): string[] {
  const all = [label, ...Object.values(options)];
  return languages.filter((tag) => all.some((words) => words[tag] === undefined));
}

function readFile(value: string): string {
  try {
    return readFileSync(pathOf(value), 'utf8');
  } catch {
    throw new SettingError('must be JSON that begins with [, or the path of a file that can be read');
  }
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    // It says where; what is written there is no secret.
    throw new SettingError(`is not valid JSON: ${(error as Error).message}`);
  }
}

function problemsOf(issue: z.core.$ZodIssue): string[] {
  const at = issue.path.map((key) => `.${String(key)}`).join('');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => `${at}.${key} is not known`);
    case 'invalid_type':
      return [`${at} must be given, as ${issue.expected}`];
    case 'invalid_value':
      return [`${at} must be one of ${issue.values.map(String).join(', ')}`];
    case 'invalid_union':
      return [
        ...new Set(
          issue.errors.flatMap((branch) => branch.filter(({ code }) => code !== 'invalid_type').flatMap(problemsOf)),
        ),
        `${at} must be a text, or an object of texts by language with at least the first one`,
      ].map((text) => (text.startsWith(at) ? text : `${at}${text}`));
    case 'invalid_key':
      return [`${at} ${issue.issues[0]?.message ?? 'is no name'}`];
    default:
      return [`${at} ${issue.message}`];
  }
}

function contradictionsOf(entry: Entry): string[] {
  const problems = Object.entries(ONLY_WITH)
    .filter(([key, type]) => entry[key as keyof typeof ONLY_WITH] !== undefined && entry.type !== type)
    .map(([key, type]) => `.${key} is for fields of the type ${type}`);
  if (entry.type === 'choice' && Object.keys(entry.options ?? {}).length === 0)
    problems.push('.options must name at least one choice');
  if ((entry.min ?? -Infinity) > (entry.max ?? Infinity)) problems.push('.min is greater than max');
  return problems;
}

function fieldOf(entry: Entry): OwnField {
  return {
    name: entry.name,
    type: entry.type,
    label: entry.label,
    scope: entry.scope ?? entry.name,
    editable: entry.editable,
    needsApproval: entry.needs_approval,
    autocomplete: entry.autocomplete,
    formNames: entry.form_names,
    maxLength: entry.max_length ?? DEFAULT_TEXT_LENGTH,
    pattern: entry.pattern,
    min: entry.min ?? Number.MIN_SAFE_INTEGER,
    max: entry.max ?? Number.MAX_SAFE_INTEGER,
    options: entry.options ?? {},
    formerly: entry.formerly,
    example: entry.example,
  };
}

import { cleanText } from '#domain/values/shown-text.ts';
import { ApiError, type FailedRule, validationError } from '../api-error.ts';
import type { Parameter, Parameters, Values } from './parameters.ts';
import { rolesOf } from './rules.ts';

const NOT_TEXT: unique symbol = Symbol('not text');
const EMPTY: unique symbol = Symbol('empty');
type Text = string | typeof NOT_TEXT | typeof EMPTY | undefined;

/**
 * Checks a body against its parameters. Unknown members are ignored (names.ts refuses those that may be meant for a parameter). Values are
 * trimmed, except passwords. Null and empty values count as missing unless {@link Parameter.whenEmpty} says otherwise. Missing optional
 * values are left out.
 * @throws ApiError `validation_error` with every failed rule, in the order of parameters and rules, and none after a failed `required`
 */
export function validate(parameters: Parameters, body: unknown): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'invalid_request', 'The body must be a JSON object or a form.');
  }
  const members = body as Record<string, unknown>;
  const texts = new Map<string, Text>(
    Object.entries(parameters).map(([name, parameter]) => [name, textOf(name, parameter, members[name])]),
  );
  const strings = Object.fromEntries([...texts].filter((entry): entry is [string, string] => isString(entry[1])));

  const failed: FailedRule[] = [];
  const values: Record<string, Values[string]> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const text = texts.get(name);
    for (const rule of failedRules(parameter, text, strings)) failed.push({ parameter: name, rule });
    if (isString(text)) values[name] = readValue(parameter, text);
    if (text === EMPTY && parameter.whenEmpty === 'remove') values[name] = null;
  }
  if (failed.length > 0) throw validationError(failed);
  return values;
}

const isString = (text: Text): text is string => typeof text === 'string';

function failedRules(parameter: Parameter, text: Text, strings: Readonly<Record<string, string>>): string[] {
  const { rules, required, whenEmpty } = parameter;
  if (text === undefined || text === EMPTY) {
    return required || (text === EMPTY && whenEmpty === 'refuse') ? ['required'] : [];
  }
  // A value that is not text fails the rule `valid_characters` or `valid_email`.
  if (text === NOT_TEXT) return [rules.find(({ name }) => name.startsWith('valid_'))?.name ?? 'valid_characters'];
  return rules.filter((rule) => !rule.holds(text, strings)).map(({ name }) => name);
}

function textOf(name: string, { type }: Parameter, value: unknown): Text {
  if (value === undefined) return undefined;
  if (value === null) return EMPTY;
  if (type === 'boolean' && typeof value === 'boolean') return String(value);
  if (type === 'roles' && Array.isArray(value)) {
    const areRoles = value.every((role) => typeof role === 'string' && !role.includes(',') && role.isWellFormed());
    return areRoles ? value.join(',') : NOT_TEXT;
  }
  // Half a surrogate pair can be neither stored nor hashed: each becomes U+FFFD, and one password would open for another.
  if (typeof value !== 'string' || !value.isWellFormed()) return NOT_TEXT;
  const text = /password/.test(name) ? value : cleanText(value);
  if (text === '') return EMPTY;
  return type === 'boolean' && !BOOLEANS.has(text) ? NOT_TEXT : text;
}

/** How forms write booleans. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function readValue({ type }: Parameter, text: string): Values[string] {
  if (type === 'boolean') return BOOLEANS.get(text);
  return type === 'roles' ? rolesOf(text) : text;
}

import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { cleanText } from '#domain/values/shown-text.ts';
import { nearestName } from '../validation/nearest-name.ts';
import {
  appropriate,
  cantMatch,
  maxLength,
  minLength,
  nameCharacters,
  type Rule,
  uncommonPassword,
  usernameCharacters,
  validEmail,
} from '../validation/rules.ts';
import { EmbedError, type EmbedErrorCode } from './embed-error.ts';
import { isWellFormedLanguage } from './language.ts';

/** The fields in the order of the contract, in which they are also checked. */
export const FIELDS = ['userName', 'password', 'firstName', 'lastName', 'language'] as const;
export type EmbedField = (typeof FIELDS)[number];
export type EmbedFields = Partial<Record<EmbedField, string>>;

/** A rule for a field, and the error when it fails. */
interface Check {
  rule: Rule;
  code: EmbedErrorCode;
  /** The limit, for the message. */
  count?: number;
}

const MAX_EMAIL_LENGTH = 254;
const MIN_USERNAME_LENGTH = 3;
const MAX_USERNAME_LENGTH = 30;
const MAX_NAME_LENGTH = 100;

const atLeast = (count: number, code: EmbedErrorCode): Check => ({ rule: minLength(count), code, count });
const atMost = (count: number, code: EmbedErrorCode): Check => ({ rule: maxLength(count), code, count });

/** Refuses lone surrogates, which can be neither typed nor stored. */
const wellFormedText: Rule = { name: 'valid_characters', holds: (value) => value.isWellFormed() };
const wellFormedLanguage: Rule = { name: 'valid_language', holds: isWellFormedLanguage };

const EMAIL_CHECKS: readonly Check[] = [atMost(MAX_EMAIL_LENGTH, 'user_name_too_long')];
const USERNAME_CHECKS: readonly Check[] = [
  { rule: usernameCharacters, code: 'user_name_invalid' },
  atLeast(MIN_USERNAME_LENGTH, 'user_name_too_short'),
  atMost(MAX_USERNAME_LENGTH, 'user_name_too_long'),
  { rule: appropriate, code: 'user_name_invalid' },
];

/** The checks for a new user. */
const CHECKS: Readonly<Record<EmbedField, (value: string) => readonly Check[]>> = {
  userName: (value) => (isEmail(value) ? EMAIL_CHECKS : USERNAME_CHECKS),
  password: () => [
    { rule: wellFormedText, code: 'password_invalid' },
    atLeast(MIN_PASSWORD_LENGTH, 'password_too_short'),
    atMost(MAX_PASSWORD_LENGTH, 'password_too_long'),
    { rule: cantMatch('userName'), code: 'password_matches_user_name' },
    { rule: uncommonPassword, code: 'password_common' },
  ],
  firstName: () => [
    { rule: nameCharacters, code: 'first_name_invalid' },
    atMost(MAX_NAME_LENGTH, 'first_name_too_long'),
    { rule: appropriate, code: 'first_name_invalid' },
  ],
  lastName: () => [
    { rule: nameCharacters, code: 'last_name_invalid' },
    atMost(MAX_NAME_LENGTH, 'last_name_too_long'),
    { rule: appropriate, code: 'last_name_invalid' },
  ],
  language: () => [{ rule: wellFormedLanguage, code: 'language_invalid' }],
};

/** The errors for values that are not text. */
const INVALID = {
  userName: 'user_name_invalid',
  password: 'password_invalid',
  firstName: 'first_name_invalid',
  lastName: 'last_name_invalid',
  language: 'language_invalid',
} as const satisfies Record<EmbedField, EmbedErrorCode>;

const REQUIRED: Partial<Record<EmbedField, EmbedErrorCode>> = {
  userName: 'user_name_required',
  password: 'password_required',
  language: 'language_required',
};

/** Whether a `userName` is an email address; otherwise it is a username. */
export function isEmail(userName: string): boolean {
  return validEmail.holds(userName, {});
}

/** Whether a text has the characters of a username. Any other text belongs to nobody. */
export function isUsername(userName: string): boolean {
  return usernameCharacters.holds(userName, {});
}

/**
 * Refuses fields in the query, which no call reads: a password there would be in logs, and a name would be ignored in silence.
 * @throws EmbedError that names the field
 */
export function assertNoFieldInQuery(url: string): void {
  const { searchParams } = new URL(url, 'http://localhost');
  for (const name of searchParams.keys()) {
    const parameter = nearestName(name, FIELDS);
    if (parameter !== undefined) throw new EmbedError('parameter_in_query', { parameter });
  }
}

/** Reads the fields of a new user. @throws EmbedError for the first invalid field */
export function readNewUser(value: unknown): EmbedFields & { userName: string; password: string } {
  return readFields(value, FIELDS, CHECKS) as EmbedFields & { userName: string; password: string };
}

/** Reads the fields that name an existing user. @throws EmbedError for the first field that is missing or not text */
export function readKnownUser<Name extends EmbedField>(value: unknown, names: readonly Name[]): Record<Name, string> {
  return readFields(value, names, { language: CHECKS.language }) as Record<Name, string>;
}

/** Reads field by field, in the order of the contract. Absent, null and blank values count as missing. */
function readFields(value: unknown, names: readonly EmbedField[], checks: Partial<typeof CHECKS>): EmbedFields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new EmbedError('invalid_request');
  const fields: EmbedFields = {};
  for (const name of names) {
    const member = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (isMissing(name, member)) {
      const missing = REQUIRED[name];
      if (missing) throw new EmbedError(missing);
      continue;
    }
    if (typeof member !== 'string') throw new EmbedError(INVALID[name]);
    // Names from a form may have white space around them. A userName is stored as sent, and a password must not change.
    const text = name === 'firstName' || name === 'lastName' ? cleanText(member) : member;
    const failed = checks[name]?.(text).find(({ rule }) => !rule.holds(text, fields));
    if (failed) throw new EmbedError(failed.code, failed.count === undefined ? {} : { count: failed.count });
    fields[name] = text;
  }
  return fields;
}

function isMissing(name: EmbedField, member: unknown): boolean {
  if (typeof member !== 'string') return member === undefined || member === null;
  return (name === 'password' ? member : member.trim()) === '';
}

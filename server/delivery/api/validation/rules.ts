import { z } from 'zod';
import { isCommonPassword } from '#domain/accounts/passwords.ts';
import { isAppropriate } from './appropriate.ts';
import type { JsonSchema } from './json-schema.ts';

/** A rule for a parameter. Validation errors contain its name. Lengths are counted in code points. */
export interface Rule {
  name: string;
  /** @param others every parameter of the request that is a string */
  holds(value: string, others: Readonly<Record<string, string | undefined>>): boolean;
  schema?: JsonSchema;
}

const lengthOf = (value: string) => [...value].length;
const emailSchema = z.email();

export const validEmail: Rule = {
  name: 'valid_email',
  holds: (value) => emailSchema.safeParse(value).success,
  schema: { format: 'email' },
};

export const minLength = (length: number): Rule => ({
  name: `min_length[${length}]`,
  holds: (value) => lengthOf(value) >= length,
  schema: { minLength: length },
});

export const maxLength = (length: number): Rule => ({
  name: `max_length[${length}]`,
  holds: (value) => lengthOf(value) <= length,
  schema: { maxLength: length },
});

export const matches = (parameter: string): Rule => ({
  name: `matches[${parameter}]`,
  holds: (value, others) => value === others[parameter],
});

/** Holds when the other parameter is absent. Compares without regard to case. */
export const cantMatch = (parameter: string): Rule => ({
  name: `cant_match[${parameter}]`,
  holds: (value, others) => others[parameter] === undefined || value.toLowerCase() !== others[parameter].toLowerCase(),
});

/** Letters and digits of any script, and `. _ -`. */
export const usernameCharacters: Rule = {
  name: 'valid_characters',
  holds: (value) => /^[\p{L}\p{M}\p{N}._-]+$/u.test(value),
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what a name must not contain
const CONTROL_OR_MARKUP = /[\u0000-\u001f\u007f-\u009f\u2028\u2029<>]/u;

/** No control characters, markup or lone surrogates. */
export const nameCharacters: Rule = {
  name: 'valid_characters',
  holds: (value) => !CONTROL_OR_MARKUP.test(value) && value.isWellFormed(),
};

const MAX_ROLES = 50;
const MAX_ROLE_LENGTH = 50;

/** Limits the length of each role and the number of roles. */
export const roleLengths: Rule = {
  name: `max_length[${MAX_ROLE_LENGTH}]`,
  holds: (value) => {
    const roles = rolesOf(value);
    return roles.length <= MAX_ROLES && roles.every((role) => lengthOf(role) <= MAX_ROLE_LENGTH);
  },
};

/** Splits a list at commas, and removes repetitions and white space. */
export function rolesOf(text: string): string[] {
  const roles = text.split(',').map((role) => role.trim());
  return [...new Set(roles.filter(Boolean))];
}

export const appropriate: Rule = { name: 'appropriate', holds: isAppropriate };

export const uncommonPassword: Rule = { name: 'uncommon_password', holds: (value) => !isCommonPassword(value) };

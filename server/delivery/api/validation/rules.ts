import { isGuessable } from '#domain/accounts/password-strength.ts';
import { readEmailAddress } from '#domain/values/email-address.ts';
import { isShownText, lengthOf } from '#domain/values/shown-text.ts';
import { isUsername } from '#domain/values/username.ts';
import { isAppropriate } from './appropriate.ts';
import type { JsonSchema } from './json-schema.ts';

/** A rule for a parameter. Validation errors contain its name. Lengths are counted in code points. */
export interface Rule {
  name: string;
  /** @param others every parameter of the request that is a string */
  holds(value: string, others: Readonly<Record<string, string | undefined>>): boolean;
  schema?: JsonSchema;
}

export const validEmail: Rule = {
  name: 'valid_email',
  holds: (value) => readEmailAddress(value) !== undefined,
  // Internationalized addresses, too (RFC 6531).
  schema: { format: 'idn-email' },
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
  // Keyboards may encode the same characters differently.
  holds: (value, others) => value.normalize('NFKC') === others[parameter]?.normalize('NFKC'),
});

/** Holds when the other parameter is absent. Compares without regard to case. */
export const cantMatch = (parameter: string): Rule => ({
  name: `cant_match[${parameter}]`,
  holds: (value, others) => others[parameter] === undefined || value.toLowerCase() !== others[parameter].toLowerCase(),
});

/** Letters and digits of any script, and `. _ -`. */
export const usernameCharacters: Rule = {
  name: 'valid_characters',
  holds: isUsername,
};

/** Something visible, and no control characters, markup or lone surrogates. */
export const nameCharacters: Rule = {
  name: 'valid_characters',
  holds: (value) => value === '' || isShownText(value),
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

/**
 * Not among the first guesses of an attacker, who knows the rest of the request. A password that is the same as another value fails
 * `cant_match` alone.
 */
export const uncommonPassword: Rule = {
  name: 'uncommon_password',
  holds: (value, others) => {
    const known = KNOWN_TO_ATTACKERS.map((name) => others[name]);
    const same = known.some((text) => text?.toLowerCase() === value.toLowerCase());
    return !isGuessable(value, same ? [] : known);
  },
};

const KNOWN_TO_ATTACKERS = ['email', 'username', 'userName', 'first_name', 'last_name', 'firstName', 'lastName'];

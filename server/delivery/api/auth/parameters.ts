import { CREATE_PARAMETERS } from '../users/parameters.ts';
import type { Parameter } from '../validation/parameters.ts';
import { matches, maxLength, nameCharacters } from '../validation/rules.ts';

const MAX_EMAIL_LENGTH = 254;
const MAX_ID_LENGTH = 64;

/** The rules are the same as when a user is created. */
const { email, password } = CREATE_PARAMETERS as Record<'email' | 'password', Parameter>;

export const idParameter: Parameter = {
  description: 'The id of the user.',
  required: true,
  rules: [maxLength(MAX_ID_LENGTH), nameCharacters],
  example: 'lFVofRqhZ',
};

export const emailParameter: Parameter = {
  ...email,
  description: 'The email address of the user.',
  required: true,
};

export const signinIdParameter: Parameter = {
  description: 'The email address or the username of the user.',
  required: true,
  rules: [maxLength(MAX_EMAIL_LENGTH), nameCharacters],
  example: 'jane.doe@example.com',
};

/** A password to check. It has no rules, because a password that no user can have is simply wrong. */
export const givenPasswordParameter: Parameter = {
  description: 'The password of the user.',
  required: true,
  rules: [],
  example: 'Orchid-lamp-42',
};

export const newPasswordParameter: Parameter = { ...password, description: 'The new password.', required: true };

export const passwordConfirmationParameter: Parameter = {
  description: 'The new password again, if the form asks for it twice.',
  rules: [matches('password')],
};

export const codeParameter: Parameter = {
  description: 'The code from the mail.',
  required: true,
  rules: [],
};

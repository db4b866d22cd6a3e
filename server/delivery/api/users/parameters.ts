import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import type { Parameter, Parameters } from '../validation/parameters.ts';
import {
  appropriate,
  cantMatch,
  matches,
  maxLength,
  minLength,
  nameCharacters,
  roleLengths,
  uncommonPassword,
  usernameCharacters,
  validEmail,
} from '../validation/rules.ts';

const MAX_EMAIL_LENGTH = 254;
const MAX_NAME_LENGTH = 100;

const email: Parameter = {
  description: 'The email address. Upper and lower case are not distinguished.',
  rules: [validEmail, maxLength(MAX_EMAIL_LENGTH)],
  example: 'jane.doe@example.com',
};

const password: Parameter = {
  description: 'The password.',
  rules: [
    minLength(MIN_PASSWORD_LENGTH),
    maxLength(MAX_PASSWORD_LENGTH),
    cantMatch('username'),
    cantMatch('email'),
    uncommonPassword,
  ],
  example: 'Orchid-lamp-42',
};

const passwordConfirmation: Parameter = {
  description: 'The password again, if a form asks for it twice.',
  rules: [matches('password')],
  example: 'Orchid-lamp-42',
};

const username: Parameter = {
  description:
    'An alternative to the email address for signing in: letters, digits and `. _ -`. Upper and lower case are not distinguished.',
  rules: [minLength(3), maxLength(30), usernameCharacters, appropriate],
  example: 'jane.doe',
};

const name = (description: string, example: string): Parameter => ({
  description,
  rules: [maxLength(MAX_NAME_LENGTH), nameCharacters, appropriate],
  example,
});
const firstName = name('The first name, as the user writes it.', 'Jane');
const lastName = name('The last name, as the user writes it.', 'Doe');

export const CREATE_PARAMETERS: Parameters = {
  email: { ...email, required: true },
  password: { ...password, required: true },
  password_confirmation: passwordConfirmation,
  username,
  first_name: firstName,
  last_name: lastName,
};

/** An absent value stays unchanged. A null or empty one is removed, if it is optional for a user. */
export const UPDATE_PARAMETERS: Parameters = {
  email: { ...email, whenEmpty: 'refuse' },
  password: { ...password, whenEmpty: 'refuse' },
  password_confirmation: passwordConfirmation,
  username: { ...username, whenEmpty: 'remove' },
  first_name: { ...firstName, whenEmpty: 'remove' },
  last_name: { ...lastName, whenEmpty: 'remove' },
  roles: {
    type: 'roles',
    description: 'The new list of roles: at most 50, each of at most 50 characters.',
    rules: [roleLengths, nameCharacters],
    whenEmpty: 'remove',
    example: ['customer', 'newsletter'],
  },
  is_active: {
    type: 'boolean',
    description: 'Whether the user may sign in.',
    rules: [],
    whenEmpty: 'refuse',
    example: true,
  },
};

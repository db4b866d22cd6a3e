import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { PasswordProblem } from '../domain/accounts/credential-schemas.ts';
import type { SignUpField } from '../domain/accounts/sign-up.ts';
import { optionalTag, textField } from './forms.ts';
import type { SignUpForm } from './models.ts';
import { newPasswordField } from './new-password-field.ts';

/** In the order in which they stand on the page, which is the order in which focus looks for the first that is wrong. */
const FIELDS: readonly SignUpField[] = ['given_name', 'family_name', 'email', 'password'];

type Model = Pick<SignUpForm, 'values' | 'errors' | 'error' | 'minPasswordLength'>;

export function firstInvalid(errors: SignUpForm['errors']): SignUpField | undefined {
  return FIELDS.find((field) => errors[field]);
}

/** What a new account is made of. */
export function signUpFields(model: Model, language: Language): unknown {
  const { t } = language;
  const { values, errors, minPasswordLength } = model;
  const focused = firstInvalid(errors) ?? (model.error ? undefined : 'given_name');
  const state = (field: SignUpField) => ({
    autofocus: focused === field,
    error: errorOf(model, field, language),
  });
  return html`<div class="pair">${textField({
    name: 'given_name',
    label: t('shared.signUp.firstName'),
    value: values.given_name,
    autocomplete: 'given-name',
    optional: optionalTag(language),
    ...state('given_name'),
  })}${textField({
    name: 'family_name',
    label: t('shared.signUp.lastName'),
    value: values.family_name,
    autocomplete: 'family-name',
    optional: optionalTag(language),
    ...state('family_name'),
  })}</div>
${textField({
  name: 'email',
  label: t('shared.signIn.email'),
  type: 'email',
  value: values.email,
  autocomplete: 'username',
  direction: 'ltr',
  required: true,
  ...state('email'),
})}
${newPasswordField(
  {
    minLength: minPasswordLength,
    autofocus: focused === 'password',
    problem: errors.password as PasswordProblem | undefined,
  },
  language,
)}`;
}

function errorOf({ errors, minPasswordLength }: Model, field: SignUpField, { t }: Language): string | undefined {
  const error = errors[field];
  return error && t(`shared.errors.${error}`, { count: minPasswordLength });
}

/** What was typed, to show it again; never the password. @param body unchecked */
export function typedSignUp(body: unknown): SignUpForm['values'] {
  const form = (body ?? {}) as Record<string, unknown>;
  const MAX_SHOWN_LENGTH = 300;
  const typed = (['given_name', 'family_name', 'email'] as const).flatMap((name) => {
    const value = form[name];
    return typeof value === 'string' ? [[name, value.slice(0, MAX_SHOWN_LENGTH)]] : [];
  });
  return Object.fromEntries(typed) as SignUpForm['values'];
}

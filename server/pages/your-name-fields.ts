import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { optionalTag, textField } from './forms.ts';
import type { YourNameModel } from './models.ts';
import { newPasswordField } from './new-password-field.ts';

/** What a new account is asked once its address is proven. Nothing has to be filled in. */
export function yourNameFields(
  { email, values, errors, minPasswordLength }: YourNameModel,
  language: Language,
): unknown {
  const { t } = language;
  const name = (field: 'given_name' | 'family_name', label: string, autocomplete: string, autofocus: boolean) => {
    const error = errors[field];
    return textField({
      name: field,
      label,
      value: values[field],
      autocomplete,
      optional: optionalTag(language),
      autofocus,
      ...(error && { error: t(`shared.errors.${error}`, { count: minPasswordLength }) }),
    });
  };
  const isPasswordFirst = errors.password !== undefined && errors.given_name === undefined;
  const first = name('given_name', t('shared.signUp.firstName'), 'given-name', !isPasswordFirst);
  const last = name('family_name', t('shared.signUp.lastName'), 'family-name', false);
  return html`<input name="username" autocomplete="username" value=${email} hidden>
<div class="pair">${first}${last}</div>
${newPasswordField(
  {
    minLength: minPasswordLength,
    optional: t('popup.yourName.hint'),
    problem: errors.password,
    autofocus: isPasswordFirst,
  },
  language,
)}`;
}

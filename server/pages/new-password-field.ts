import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { PasswordProblem } from '../domain/accounts/credential-schemas.ts';
import { optionalTag, passwordField } from './forms.ts';
import { inlineScript } from './inline.ts';
import { passwordStrength } from './scripts/password-strength.ts';

/** For every page with {@link newPasswordField}, beside that of the password field. */
export const passwordStrengthScript = inlineScript(passwordStrength);

export interface NewPasswordField {
  /** Default: the word "Password". */
  label?: string;
  minLength: number;
  autofocus?: boolean;
  /** It may be left empty; what follows then. */
  optional?: string;
  problem?: PasswordProblem | undefined;
}

/** A password that is being chosen: what is asked of it, and how hard it is to guess so far. */
export function newPasswordField(field: NewPasswordField, language: Language): unknown {
  const { t } = language;
  const { label, minLength, autofocus, optional, problem } = field;
  return passwordField({
    language,
    autocomplete: 'new-password',
    minLength: { count: minLength, tooShort: t('shared.errors.too_short', { count: minLength }) },
    ...(label !== undefined && { label }),
    ...(autofocus !== undefined && { autofocus }),
    ...(optional !== undefined && { optional: optionalTag(language) }),
    error: problem && t(`shared.errors.${problem}`, { count: minLength }),
    // What is wrong with it says enough.
    hint: problem
      ? undefined
      : html`<p class="hint" id="password-hint">${t('shared.signUp.passwordHint', { count: minLength })}${optional ? html`<br>${optional}` : nothing}</p>`,
    meter: strengthMeter(minLength, language),
  });
}

const LEVELS = ['tooShort', 'weak', 'fair', 'good', 'strong'] as const;

/** Stays hidden until the script has something to say. */
function strengthMeter(minLength: number, { t }: Language): unknown {
  const labels = LEVELS.map((level) => t('shared.signUp.strength', { level }));
  const bars = html`<span class="bars" aria-hidden="true"><i></i><i></i><i></i><i></i></span>`;
  return html`<div class="strength" data-strength="0" data-min-length=${minLength} data-labels=${JSON.stringify(labels)}
 hidden>${bars}<span role="status"></span></div>`;
}

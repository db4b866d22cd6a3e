import { html } from '@lit-labs/ssr';
import type { PasswordProblem } from '../domain/accounts/credential-schemas.ts';
import type { Language } from '../strings/pick-strings.ts';
import { passwordField } from './forms.ts';
import { inlineScript } from './inline.ts';
import { passwordStrength } from './scripts/password-strength.ts';
import { fill } from './text.ts';

/** For every page with {@link newPasswordField}, beside that of the password field. */
export const passwordStrengthScript = inlineScript(passwordStrength);

export interface NewPasswordField {
  /** Default: the word "Password". */
  label?: string;
  minLength: number;
  autofocus?: boolean;
  problem?: PasswordProblem | undefined;
}

/** A password that is being chosen: what is asked of it, and how hard it is to guess so far. */
export function newPasswordField(field: NewPasswordField, language: Language): unknown {
  const { strings } = language;
  const { label, minLength, autofocus, problem } = field;
  return passwordField({
    strings,
    autocomplete: 'new-password',
    minLength,
    ...(label !== undefined && { label }),
    ...(autofocus !== undefined && { autofocus }),
    error: problem && fill(strings.errors[problem], { count: minLength }).join(''),
    // What is wrong with it says enough.
    hint: problem
      ? undefined
      : html`<p class="hint" id="password-hint">${fill(strings.signUp.passwordHint, { count: minLength })}</p>`,
    meter: strengthMeter(minLength, language),
  });
}

/** Stays hidden until the script has something to say. */
function strengthMeter(minLength: number, { strings }: Language): unknown {
  const { strength, strengthLevels } = strings.signUp;
  const { tooShort, weak, fair, good, strong } = strengthLevels;
  const labels = [tooShort, weak, fair, good, strong].map((level) => fill(strength, { level }).join(''));
  return html`<div class="strength" data-strength="0" data-min-length=${minLength} data-labels=${JSON.stringify(labels)} hidden><span class="bars" aria-hidden="true"><i></i><i></i><i></i><i></i></span><span role="status"></span></div>`;
}

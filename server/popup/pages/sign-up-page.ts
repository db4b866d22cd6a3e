import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import {
  alertBox,
  csrfInput,
  formsScript,
  passwordField,
  showPasswordScript,
  textField,
  tooManyAttempts,
} from '../../pages/forms.ts';
import { inlineScript } from '../../pages/inline.ts';
import type { RenderedPage } from '../../pages/rendered-page.ts';
import { passwordStrength } from '../../pages/scripts/password-strength.ts';
import { fill, isolate } from '../../pages/text.ts';
import { type Language, pickStrings } from '../../strings/pick-strings.ts';
import { cancelForm } from './cancel-form.ts';
import { renderPage } from './layout.ts';
import type { PageContext, SignUpField, SignUpModel } from './models.ts';
import { vendorRow } from './vendor.ts';

const passwordStrengthScript = inlineScript(passwordStrength);

/** In the order in which they stand on the page, which is the order in which focus looks for the first that is wrong. */
const FIELDS: readonly SignUpField[] = ['given_name', 'family_name', 'email', 'password'];

/** A new account on the platform. */
export function signUpPage(context: PageContext, model: SignUpModel): RenderedPage {
  const language = pickStrings(context.languages);
  const { strings, tag } = language;
  const { signUp } = strings;
  const firstInvalid = FIELDS.find((field) => model.errors[field]);
  return renderPage(context, {
    language,
    title: signUp.title,
    scripts: [formsScript(), showPasswordScript(), passwordStrengthScript()],
    main: html`<div class="intro"><h1>${fill(signUp.heading, { platform: isolate(context.platformName) })}</h1><p class="muted">${strings.common.nothingYet}</p></div>
${vendorRow(context, language)}
${
  model.error
    ? alertBox(tooManyAttempts(model.retryAfterMinutes, tag, strings))
    : firstInvalid
      ? alertBox(strings.common.checkFields)
      : nothing
}
${signUpForm(model, language, firstInvalid)}
<div class="actions"><p class="below small muted">${signUp.haveAccount} <a href=${model.action}>${signUp.signInInstead}</a></p>
${cancelForm(model, strings)}</div>`,
  });
}

function signUpForm(model: SignUpModel, language: Language, firstInvalid: SignUpField | undefined): unknown {
  const { signUp, signIn } = language.strings;
  const { values } = model;
  const focused = firstInvalid ?? (model.error ? undefined : 'given_name');
  const state = (field: SignUpField) => ({
    autofocus: focused === field,
    error: signUpFieldError(model, field, language),
  });
  return html`<form class="stack" method="post" action="${model.action}/sign-up">${csrfInput(model)}
<div class="pair">${textField({
    name: 'given_name',
    label: signUp.firstName,
    value: values.given_name,
    autocomplete: 'given-name',
    ...state('given_name'),
  })}${textField({
    name: 'family_name',
    label: signUp.lastName,
    value: values.family_name,
    autocomplete: 'family-name',
    ...state('family_name'),
  })}</div>
${textField({
  name: 'email',
  label: signIn.email,
  type: 'email',
  value: values.email,
  autocomplete: 'username',
  direction: 'ltr',
  required: true,
  ...state('email'),
})}
${passwordField({
  strings: language.strings,
  autocomplete: 'new-password',
  minLength: model.minPasswordLength,
  // What is wrong with it says enough.
  hint: model.errors.password
    ? undefined
    : html`<p class="hint" id="password-hint">${fill(signUp.passwordHint, { count: model.minPasswordLength })}</p>`,
  meter: strengthMeter(model, language),
  ...state('password'),
})}
<button class="button primary">${signUp.submit}</button></form>`;
}

/** Stays hidden until the script has something to say. */
function strengthMeter(model: SignUpModel, { strings }: Language): unknown {
  const { strength, strengthLevels } = strings.signUp;
  const { tooShort, weak, fair, good, strong } = strengthLevels;
  const labels = [tooShort, weak, fair, good, strong].map((level) => fill(strength, { level }).join(''));
  return html`<div class="strength" data-strength="0" data-min-length=${model.minPasswordLength} data-labels=${JSON.stringify(labels)} hidden><span class="bars" aria-hidden="true"><i></i><i></i><i></i><i></i></span><span role="status"></span></div>`;
}

function signUpFieldError(model: SignUpModel, field: SignUpField, { strings }: Language): string | undefined {
  const error = model.errors[field];
  return error && fill(strings.errors[error], { count: model.minPasswordLength }).join('');
}

import { html } from '@lit-labs/ssr';
import { issuerOf, type Realm } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import {
  alertBox,
  csrfInput,
  formsScript,
  passwordField,
  showPasswordScript,
  textField,
  tooManyAttempts,
} from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { usePasskeyForm, usePasskeyScript } from '#pages/passkeys.ts';
import { personaForm } from '#pages/persona-form.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { fill, isolate } from '#pages/text.ts';
import { type Language, pickStrings } from '#strings/pick-strings.ts';
import { cancelForm } from './cancel-form.ts';
import type { SignInModel } from './models.ts';
import { vendorRow } from './vendor.ts';

/** The popup's first page: who are you? In the sandbox, test people stand ready above the form. */
export function signInPage(context: PageContext, model: SignInModel): RenderedPage {
  const language = pickStrings(context.languages);
  const { signIn } = language.strings;
  const platform = isolate(context.platformName);
  const personas = model.personas ?? [];
  const alert = model.error ? alertBox(signInError(context, model, language)) : nothing;
  // A blocked persona was picked at the top, a wrong password typed at the bottom: say it where the person is looking.
  const isAboutForm = model.error !== 'account_blocked' && personas.length > 0;
  return renderPage(context, {
    language,
    title: signIn.title,
    scripts: [formsScript(), showPasswordScript(), usePasskeyScript()],
    main: html`<div class="intro"><h1>${signIn.title}</h1><p class="muted">${language.strings.common.nothingYet}</p></div>
${vendorRow(context, language)}
${isAboutForm ? nothing : alert}
${personas.length > 0 ? personaForm({ action: `${model.action}/persona`, csrf: model.csrf, personas }, language) : nothing}
${isAboutForm ? alert : nothing}
${signInForm(model, language)}
${usePasskeyForm({ action: `${model.action}/passkey`, csrf: model.csrf, options: model.passkey, language })}
<div class="actions"><p class="below small">${forgotPasswordLink(context, language)}</p>
<p class="below small muted">${fill(signIn.newHere, { platform })} <a href="${model.action}/sign-up">${signIn.createAccount}</a></p>
${cancelForm(model, language.strings)}</div>`,
  });
}

function signInForm(model: SignInModel, language: Language): unknown {
  const { strings } = language;
  const isWrong = model.error === 'invalid_credentials';
  const invalidBecause = isWrong ? 'alert' : undefined;
  const isFirstSight = model.error === undefined && !model.personas?.length;
  return html`<form class="stack" method="post" action="${model.action}/sign-in">${csrfInput(model)}<input type="hidden" name="passkeys">
${textField({
  name: 'email',
  label: strings.signIn.email,
  type: 'email',
  value: model.email,
  autocomplete: 'username webauthn',
  direction: 'ltr',
  required: true,
  autofocus: isFirstSight && !model.email,
  invalidBecause,
})}
${passwordField({
  language,
  autocomplete: 'current-password',
  autofocus: isWrong || (isFirstSight && Boolean(model.email)),
  invalidBecause,
})}
<button class="button primary">${strings.signIn.submit}</button></form>`;
}

/** In a tab of its own: the journey of this window goes on meanwhile. */
function forgotPasswordLink({ realm }: PageContext, { strings }: Language): unknown {
  return html`<a href="${portalPath(realm)}/forgot-password" target="_blank" rel="noopener">${strings.signIn.forgotPassword}<span class="hidden"> ${strings.common.opensNewWindow}</span></a>`;
}

/** Where the portal of a realm begins, on this server. */
function portalPath(realm: Realm): string {
  return new URL(`${issuerOf('http://localhost', realm)}/account`).pathname;
}

/** The same words whether or not there is such an account. */
function signInError(context: PageContext, model: SignInModel, language: Language): unknown {
  const { strings } = language;
  switch (model.error) {
    case 'too_many_attempts':
      return tooManyAttempts(model.retryAfterMinutes, language);
    case 'account_blocked':
      return fill(strings.signIn.errors.account_blocked, { platform: isolate(context.platformName) });
    case 'account_leaving':
      return html`${strings.signIn.errors.account_leaving} <a href="${portalPath(context.realm)}" target="_blank" rel="noopener">${strings.signIn.keepAccount}<span class="hidden"> ${strings.common.opensNewWindow}</span></a>.`;
    case 'passkey_refused':
      return strings.signIn.errors.passkey_refused;
    default:
      return strings.signIn.errors.invalid_credentials;
  }
}

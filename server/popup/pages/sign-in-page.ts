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
import type { RenderedPage } from '../../pages/rendered-page.ts';
import { fill, isolate } from '../../pages/text.ts';
import { type Language, pickStrings } from '../../strings/pick-strings.ts';
import { cancelForm } from './cancel-form.ts';
import { renderPage } from './layout.ts';
import type { PageContext, SignInModel } from './models.ts';
import { avatar, vendorRow } from './vendor.ts';

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
    scripts: [formsScript(), showPasswordScript()],
    main: html`<div class="intro"><h1>${signIn.title}</h1><p class="muted">${language.strings.common.nothingYet}</p></div>
${vendorRow(context, language)}
${isAboutForm ? nothing : alert}
${personas.length > 0 ? personaForm(model, language) : nothing}
${isAboutForm ? alert : nothing}
${signInForm(model, language)}
<div class="actions"><p class="below small muted">${fill(signIn.newHere, { platform })} <a href="${model.action}/sign-up">${signIn.createAccount}</a></p>
${cancelForm(model, language.strings)}</div>`,
  });
}

function signInForm(model: SignInModel, { strings }: Language): unknown {
  const isWrong = model.error === 'invalid_credentials';
  const invalidBecause = isWrong ? 'alert' : undefined;
  const isFirstSight = model.error === undefined && !model.personas?.length;
  return html`<form class="stack" method="post" action="${model.action}/sign-in">${csrfInput(model)}
${textField({
  name: 'email',
  label: strings.signIn.email,
  type: 'email',
  value: model.email,
  autocomplete: 'username',
  direction: 'ltr',
  required: true,
  autofocus: isFirstSight && !model.email,
  invalidBecause,
})}
${passwordField({
  strings,
  autocomplete: 'current-password',
  autofocus: isWrong || (isFirstSight && Boolean(model.email)),
  invalidBecause,
})}
<button class="button primary">${strings.signIn.submit}</button></form>`;
}

function personaForm(model: SignInModel, { tag, strings }: Language): unknown {
  return html`<form method="post" action="${model.action}/persona">${csrfInput(model)}<h2>${strings.signIn.personas}</h2><div class="personas">
${model.personas?.map(
  (persona) =>
    html`<button class="persona" name="persona" value=${persona.key}>${avatar(persona.name, tag)}<span class="grow"><b>${isolate(persona.name)}</b> <span class="small muted">${strings.personaTraits[persona.trait]}</span></span></button>`,
)}</div></form>
<p class="or">${strings.signIn.or}</p>`;
}

/** The same words whether or not there is such an account. */
function signInError(context: PageContext, model: SignInModel, { tag, strings }: Language): unknown {
  switch (model.error) {
    case 'too_many_attempts':
      return tooManyAttempts(model.retryAfterMinutes, tag, strings);
    case 'account_blocked':
      return fill(strings.signIn.errors.account_blocked, { platform: isolate(context.platformName) });
    default:
      return strings.signIn.errors.invalid_credentials;
  }
}

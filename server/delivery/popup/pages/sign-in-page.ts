import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { issuerOf, type Realm } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { carryEmailScript } from '#pages/carry-email.ts';
import {
  alertBox,
  formFrame,
  formsScript,
  passwordField,
  showPasswordScript,
  textField,
  tooManyAttempts,
} from '#pages/forms.ts';
import { checkIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { usePasskeyForm, usePasskeyScript } from '#pages/passkeys.ts';
import { personaForm } from '#pages/persona-form.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';
import type { Problem } from '#pages/window-title.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import type { SignInModel } from './models.ts';
import { upstreamAlert, upstreamForm } from './upstream-parts.ts';
import { vendorRow } from './vendor.ts';

/** The popup's first page: who are you? In the sandbox, test people stand ready above the form. */
export function signInPage(context: PageContext, model: SignInModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { action, csrf, personas = [] } = model;
  if (model.onlyUpstream) return onlyUpstreamPage(context, model, language);
  const title = t('shared.signIn.title');
  const alert = model.error ? alertBox(signInError(context, model, language)) : upstreamAlert(context, model, language);
  // A blocked persona was picked at the top, a wrong password typed at the bottom: say it where the person is looking.
  const isAboutForm =
    (model.emailProblem !== undefined || (model.error !== undefined && model.error !== 'account_blocked')) &&
    personas.length > 0;
  const submit = html`<button class="button primary" form="sign-in">${t('shared.signIn.submit')}</button>
<button class="button secondary" form="sign-in" formaction="${action}/code" formnovalidate>${t('popup.code.ask')}</button>`;
  // Where one of the test people may be picked first, the form is further down, and its button stays with it.
  const [below, atEnd] =
    personas.length > 0 && !isAboutForm
      ? [html`<div class="stack">${submit}</div>`, html`<div class="sticky last">${cancelForm(model, language)}</div>`]
      : [html`<div class="sticky">${submit}${cancelForm(model, language)}</div>`, nothing];
  return renderPage(context, {
    language,
    isFirst: true,
    title,
    problem: problemOf(model),
    scripts: [
      formsScript(language),
      showPasswordScript(),
      usePasskeyScript(),
      carryEmailScript(),
      ...cancelScripts(context),
    ],
    deliberate: personas.length > 0,
    main: html`<div class="intro"><h1>${title}</h1>${lead(model, language)}</div>
${vendorRow(context, language)}
${isAboutForm ? nothing : alert}
${personas.length > 0 ? personaForm({ base: action, csrf, personas }, language) : nothing}
${isAboutForm ? alert : nothing}
${signInForm(model, language, isAboutForm)}
${below}
${upstreamForm(model, language)}
${usePasskeyForm({ action: `${action}/passkey`, csrf, options: model.passkey, language })}
<div class="actions"><p class="below small"><a href="${action}/forgot-password">${t('shared.signIn.forgotPassword')}</a></p>
<p class="below small muted">${newHere(context, model, language)}</p></div>
${atEnd}`,
  });
}

function problemOf({ error, emailProblem, upstreamProblem }: SignInModel): Problem | undefined {
  if (emailProblem || error === 'invalid_credentials') return 'entries';
  return (error ?? upstreamProblem) && 'error';
}

/** Another login is the only way in. Passkeys of the platform go on working. */
function onlyUpstreamPage(context: PageContext, model: SignInModel, language: Language): RenderedPage {
  const title = language.t('shared.signIn.title');
  const { action, csrf, passkey } = model;
  return renderPage(context, {
    language,
    isFirst: true,
    title,
    problem: problemOf(model),
    scripts: [formsScript(language), usePasskeyScript(), ...cancelScripts(context)],
    main: html`<div class="intro"><h1>${title}</h1>${lead(model, language)}</div>
${vendorRow(context, language)}
${model.error ? alertBox(signInError(context, model, language)) : upstreamAlert(context, model, language)}
<div class="sticky">${upstreamForm(model, language)}
${cancelForm(model, language)}</div>
${usePasskeyForm({ action: `${action}/passkey`, csrf, options: passkey, language })}`,
  });
}

/** What has just been done or, for who comes here, what they need not fear. In one place, so that the list stays where it is. */
function lead({ done }: SignInModel, { t }: Language): unknown {
  return done
    ? html`<p class="note small" role="status">${checkIcon}<span>${t(`shared.signIn.done.${done}`)}</span></p>`
    : html`<p class="muted">${t('shared.common.nothingYet')}</p>`;
}

function signInForm(model: SignInModel, language: Language, isFurtherDown: boolean): unknown {
  const { t } = language;
  const isWrong = model.error === 'invalid_credentials';
  const invalidBecause = isWrong ? 'alert' : undefined;
  const isFirstSight = model.error === undefined && model.emailProblem === undefined && !model.personas?.length;
  const email = textField({
    name: 'email',
    label: t('shared.signIn.email'),
    type: 'email',
    value: model.email,
    autocomplete: 'username webauthn',
    direction: 'ltr',
    required: true,
    autofocus: model.emailProblem !== undefined || (isFirstSight && !model.email),
    ...(model.emailProblem ? { error: t(`shared.errors.${model.emailProblem}`) } : { invalidBecause }),
  });
  const password = passwordField({
    language,
    autocomplete: 'current-password',
    autofocus: isWrong || isFurtherDown || (isFirstSight && Boolean(model.email)),
    invalidBecause,
  });
  return formFrame(
    { id: 'sign-in', action: `${model.action}/sign-in`, csrf: model.csrf, layout: 'stack' },
    html`<input type="hidden" name="passkeys">
${email}
${password}`,
  );
}

function newHere({ platformName }: PageContext, { action }: SignInModel, { t }: Language): unknown {
  const question = t.rich('shared.signIn.newHere', { platform: isolate(platformName) });
  return html`${question} <a href="${action}/sign-up">${t('shared.signIn.createAccount')}</a>`;
}

function portalLink(href: string, label: unknown, { t }: Language): unknown {
  const opensNewWindow = html`<span class="hidden"> ${t('shared.common.opensNewWindow')}</span>`;
  return html`<a href=${href} target="_blank" rel="noopener">${label}${opensNewWindow}</a>`;
}

/** Where the portal of a realm begins, on this server. */
function portalPath(realm: Realm): string {
  return new URL(`${issuerOf('http://localhost', realm)}/account`).pathname;
}

/** The same words whether or not there is such an account. */
function signInError(context: PageContext, model: SignInModel, language: Language): unknown {
  const { t } = language;
  switch (model.error) {
    case 'too_many_attempts':
      return tooManyAttempts(model.retryAfterMinutes, language);
    case 'busy':
      return t('shared.common.busy');
    case 'account_blocked':
      return t.rich('shared.signIn.errors.account_blocked', { platform: isolate(context.platformName) });
    case 'account_gone':
    case 'directory_down':
      return t.rich(`shared.signIn.errors.${model.error}`, { platform: isolate(context.platformName) });
    case 'account_leaving':
      return t.rich('shared.signIn.errors.account_leaving', {
        keep: (label: unknown) => portalLink(portalPath(context.realm), label, language),
      });
    case 'code_not_mailed':
      return t('popup.code.errors.not_mailed');
    case 'passkey_refused':
    case 'address_known':
      return t(`shared.signIn.errors.${model.error}`);
    default:
      return t('shared.signIn.errors.invalid_credentials');
  }
}

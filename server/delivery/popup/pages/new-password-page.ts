import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { alertBox, formFrame, formsScript, showPasswordScript } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { NewPasswordModel, PageContext } from '#pages/models.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import { createPasskeyForm, createPasskeyScript } from '#pages/passkeys.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import { vendorRow } from './vendor.ts';

/** After a forgotten password: a new one, a passkey, or neither. */
export function newPasswordPage(context: PageContext, model: NewPasswordModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { csrf, minPasswordLength, problem, creation } = model;
  const action = `${model.action}/new-password`;
  const alert = model.refused ? t('shared.passkey.notMade') : model.error ? t('shared.common.busy') : undefined;
  return renderPage(context, {
    language,
    title: t('popup.newPassword.title'),
    problem: problem ? 'entries' : alert === undefined ? undefined : 'error',
    scripts: [
      formsScript(language),
      showPasswordScript(),
      passwordStrengthScript(),
      createPasskeyScript(),
      ...cancelScripts(context),
    ],
    personal: true,
    main: html`<div class="intro"><h1>${t('popup.newPassword.heading')}</h1><p class="muted">${t('popup.newPassword.explanation')}</p></div>
${vendorRow(context, language)}
${alert === undefined ? nothing : alertBox(alert)}
${formFrame(
  { id: 'new-password', action, csrf, layout: 'stack' },
  html`<input name="username" autocomplete="username" value=${model.email} hidden>
${newPasswordField(
  {
    label: t('account.signIn.reset.label'),
    minLength: minPasswordLength,
    optional: t('popup.newPassword.hint'),
    problem,
    autofocus: true,
  },
  language,
)}`,
)}
<div class="sticky"><button class="button primary" form="new-password">${t('popup.code.submit')}</button>${cancelForm(model, language)}</div>
${createPasskeyForm({ action, csrf, options: creation, language, submit: t('shared.passkey.create'), look: 'secondary' })}`,
  });
}

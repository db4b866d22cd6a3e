import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { formFrame, formsScript, showPasswordScript } from '#pages/forms.ts';
import { keyIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { BreachedPasswordModel, PageContext } from '#pages/models.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import { vendorRow } from './vendor.ts';

/** After a password that thieves try first: choose another, now or later. */
export function breachedPasswordPage(context: PageContext, model: BreachedPasswordModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { csrf, email, minPasswordLength, problem } = model;
  const action = `${model.action}/breached-password`;
  const label = t('shared.newPassword.label');
  const later = html`<input type="hidden" name="later" value="yes">
<button class="button secondary">${t('popup.passkeyOffer.notNow')}</button>`;
  return renderPage(context, {
    language,
    title: t('shared.newPassword.heading'),
    problem: problem && 'entries',
    scripts: [formsScript(language), showPasswordScript(), passwordStrengthScript(), ...cancelScripts(context)],
    personal: true,
    deliberate: true,
    main: html`<span class="badge">${keyIcon}</span>
<div class="intro"><h1>${t('shared.newPassword.heading')}</h1><p>${t('shared.newPassword.lead')}</p>
<p class="small muted">${t('popup.breachedPassword.everywhere')}</p></div>
${vendorRow(context, language)}
${formFrame(
  { id: 'breached-password', action, csrf, layout: 'stack' },
  html`<input type="hidden" id="email" autocomplete="username" value=${email ?? nothing}>
${newPasswordField({ label, minLength: minPasswordLength, autofocus: true, problem }, language)}`,
)}
<div class="sticky"><button class="button primary" form="breached-password">${t('popup.breachedPassword.submit')}</button>
${formFrame({ action, csrf, deliberate: t('shared.common.pressAgain') }, later)}
${cancelForm(model, language)}</div>`,
  });
}

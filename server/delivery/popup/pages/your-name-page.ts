import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { alertBox, formFrame, formsScript, showPasswordScript } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext, YourNameModel } from '#pages/models.ts';
import { passwordStrengthScript } from '#pages/new-password-field.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { yourNameFields } from '#pages/your-name-fields.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import { vendorRow } from './vendor.ts';

/** What a new account is asked once its address is proven. Nothing has to be filled in. */
export function yourNamePage(context: PageContext, model: YourNameModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { action, csrf, errors } = model;
  const isWrong = Object.keys(errors).length > 0;
  const alert = model.error ? t('shared.common.busy') : isWrong ? t('shared.common.checkFields') : undefined;
  return renderPage(context, {
    language,
    title: t('popup.yourName.title'),
    problem: isWrong ? 'entries' : model.error && 'error',
    scripts: [formsScript(language), showPasswordScript(), passwordStrengthScript(), ...cancelScripts(context)],
    personal: true,
    main: html`<div class="intro"><h1>${t('popup.yourName.heading')}</h1><p class="muted">${t('popup.yourName.explanation')}</p></div>
${vendorRow(context, language)}
${alert === undefined ? nothing : alertBox(alert)}
${formFrame({ id: 'your-name', action: `${action}/name`, csrf, layout: 'stack' }, yourNameFields(model, language))}
<div class="sticky"><button class="button primary" form="your-name">${t('popup.code.submit')}</button>${cancelForm(model, language)}</div>`,
  });
}

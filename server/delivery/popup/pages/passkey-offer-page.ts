import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { alertBox, formFrame, formsScript } from '#pages/forms.ts';
import { keyIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { createPasskeyForm, createPasskeyScript } from '#pages/passkeys.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import type { PasskeyOfferModel } from './models.ts';
import { vendorRow } from './vendor.ts';

/** After a password, once in a while: would you rather have a passkey? */
export function passkeyOfferPage(context: PageContext, model: PasskeyOfferModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { csrf, creation } = model;
  const action = `${model.action}/passkey-offer`;
  const notNow = html`<button class="button secondary">${t('popup.passkeyOffer.notNow')}</button>`;
  return renderPage(context, {
    language,
    title: t('popup.passkeyOffer.title'),
    problem: model.refused ? 'error' : undefined,
    scripts: [formsScript(language), createPasskeyScript(), ...cancelScripts(context)],
    personal: true,
    deliberate: true,
    main: html`<span class="badge">${keyIcon}</span>
<div class="intro"><h1>${t('popup.passkeyOffer.heading')}</h1><p>${t('popup.passkeyOffer.explanation')}</p>
<p class="small muted">${t('popup.passkeyOffer.later')}</p></div>
${vendorRow(context, language)}
${model.refused ? alertBox(t('shared.passkey.notMade')) : nothing}
<div class="sticky">${createPasskeyForm({ action, csrf, options: creation, language, submit: t('shared.passkey.create') })}
${formFrame({ action, csrf, deliberate: t('shared.common.pressAgain') }, notNow)}
${cancelForm(model, language)}</div>`,
  });
}

import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { alertBox, csrfInput, formsScript } from '#pages/forms.ts';
import { keyIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { createPasskeyForm, createPasskeyScript } from '#pages/passkeys.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { pickStrings } from '#strings/pick-strings.ts';
import { cancelForm } from './cancel-form.ts';
import type { PasskeyOfferModel } from './models.ts';
import { vendorRow } from './vendor.ts';

/** After a password, once in a while: would you rather have a passkey? */
export function passkeyOfferPage(context: PageContext, model: PasskeyOfferModel): RenderedPage {
  const language = pickStrings(context.languages);
  const { passkey, passkeyOffer } = language.strings;
  const action = `${model.action}/passkey-offer`;
  return renderPage(context, {
    language,
    title: passkeyOffer.title,
    scripts: [formsScript(), createPasskeyScript()],
    personal: true,
    main: html`<span class="badge">${keyIcon}</span>
<div class="intro"><h1>${passkeyOffer.heading}</h1><p>${passkeyOffer.explanation}</p><p class="small muted">${passkeyOffer.later}</p></div>
${vendorRow(context, language)}
${model.refused ? alertBox(passkey.notMade) : nothing}
${createPasskeyForm({ action, csrf: model.csrf, options: model.creation, language, submit: passkeyOffer.create })}
<div class="actions"><form method="post" action=${action}>${csrfInput(model)}<button class="button secondary">${passkeyOffer.notNow}</button></form>
${cancelForm(model, language.strings)}</div>`,
  });
}

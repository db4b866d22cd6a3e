import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { avatar } from '#pages/avatar.ts';
import { alertBox, csrfInput, formsScript } from '#pages/forms.ts';
import { shieldIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { fill, isolate, isolateLeftToRight } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import { type Language, pickStrings } from '#strings/pick-strings.ts';
import { cancelForm } from './cancel-form.ts';
import { consentField } from './consent-fields.ts';
import type { ConsentModel, VendorRefusal } from './models.ts';
import { vendorReferenceRow } from './vendor.ts';

/** From here on a name fills so many lines that the heading is set smaller. */
const LONG_NAME_LENGTH = 48;

/** What will be shared, with whom, as whom: every value in sight before the one button that shares it. */
export function consentPage(context: PageContext, model: ConsentModel): RenderedPage {
  const language = pickStrings(context.languages);
  const { consent, common } = language.strings;
  const vendor = isolate(context.vendor?.name ?? '');
  const firstInvalid = model.fields.flatMap(({ inputs }) => inputs).find(({ error }) => error)?.name;
  const pictures = model.fields.filter(({ field }) => field === 'picture').map(({ value }) => imageSource(value));
  const alreadyShared = language.list(model.alreadyShared.map((field) => language.t(`shared.fields.${field}`)));
  return renderPage(context, {
    language,
    personal: true,
    title: consent.title,
    scripts: [formsScript()],
    images: pictures.filter((picture) => picture !== undefined),
    main: html`<div class="intro"><h1 class=${(context.vendor?.name.length ?? 0) > LONG_NAME_LENGTH ? 'long' : nothing}>${fill(consent.heading, { vendor })}</h1></div>
${vendorReferenceRow(context, language)}
${accountRow(model, language)}
${firstInvalid ? alertBox(common.checkFields) : nothing}${model.changedMeanwhile ? alertBox(fill(consent.changedMeanwhile, { vendor })) : nothing}${model.vendorRefusal ? vendorRefusal(model.vendorRefusal, vendor, language) : nothing}
<form class="stack" id="consent" method="post" action="${model.action}/consent">${csrfInput(model)}${model.alreadyShared.map((field) => html`<input type="hidden" name="already" value=${field}>`)}
<h2 class="hidden" id="receives">${fill(consent.receives, { vendor })}</h2>
${
  model.fields.length > 0
    ? html`<ul class="fields" aria-labelledby="receives">${model.fields.map((field) => consentField(field, language, firstInvalid))}</ul>`
    : nothing
}
${model.alreadyShared.length > 0 ? html`<p class="note small">${shieldIcon}<span>${fill(consent.alreadyShared, { fields: alreadyShared })}</span></p>` : nothing}
${
  model.fields.length === 0 && model.alreadyShared.length === 0
    ? html`<p class="note small">${shieldIcon}<span>${fill(consent.onlyIdentifier, { vendor })}</span></p>`
    : nothing
}</form>
<div class="actions sticky"><button class="button primary" form="consent">${consent.submit}</button>
${cancelForm(model, language.strings)}</div>`,
  });
}

/** What the vendor says about a person that it did not take on; its words are text, whatever they look like. */
function vendorRefusal({ message }: VendorRefusal, vendor: unknown, { strings: { consent } }: Language): unknown {
  if (message === undefined) return alertBox(fill(consent.vendorUnavailable, { vendor }));
  return alertBox(html`${fill(consent.vendorRefused, { vendor })}<br>${isolate(message)}`);
}

/** As whom, and the way to be somebody else. */
function accountRow(model: ConsentModel, { tag, strings }: Language): unknown {
  const { name, email } = model.account;
  return html`<div class="account">${avatar(name ?? email ?? '', tag)}<div class="grow small"><p><span class="muted">${strings.consent.signedInAs}</span> ${
    name ? html`<b>${isolate(name)}</b>` : nothing
  }</p>${email ? html`<p class="muted">${isolateLeftToRight(email)}</p>` : nothing}</div><form method="post" action="${model.action}/switch-account">${csrfInput(model)}<button class="link">${strings.consent.useAnother}</button></form></div>`;
}

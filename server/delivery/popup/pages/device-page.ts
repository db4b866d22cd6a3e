import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { alertBox, formFrame, formsScript, textField, tooManyAttempts } from '#pages/forms.ts';
import { alertIcon, checkIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';
import { accountLines } from './account-lines.ts';
import { cancelForm } from './cancel-form.ts';
import type { DeviceConfirmModel, DeviceEnterModel } from './models.ts';
import { toAccount } from './to-account.ts';
import { headingSize, vendorRow } from './vendor.ts';

/** Where a person types what a device shows. It sends a GET, because it changes nothing: a QR code leads to the same address. */
export function deviceEnterPage(context: PageContext, model: DeviceEnterModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { action, code, problem } = model;
  const message = {
    unknown: () => t('popup.device.enter.unknown'),
    over: () => t('popup.device.enter.over'),
    too_many: () => tooManyAttempts(model.retryAfterMinutes, language),
  };
  return renderPage(context, {
    language,
    title: t('popup.device.enter.title'),
    problem: problem === undefined ? undefined : 'entries',
    scripts: [],
    main: html`<div class="intro"><h1>${t('popup.device.enter.heading')}</h1>
<p>${t('popup.device.enter.explanation')}</p></div>
${problem === undefined ? nothing : alertBox(message[problem]())}
<form class="stack" id="code" method="get" action=${action}>
${textField({
  name: 'user_code',
  label: t('popup.device.enter.label'),
  value: code,
  autocomplete: 'off',
  direction: 'ltr',
  required: true,
  autofocus: true,
  ...(problem !== undefined && { invalidBecause: 'alert' }),
})}</form>
<div class="sticky"><button class="button primary" form="code">${t('popup.device.enter.submit')}</button></div>`,
  });
}

/** Asks whether the device is the person's own, before they sign in for it (RFC 8628 section 5.4). */
export function deviceConfirmPage(context: PageContext, model: DeviceConfirmModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const vendor = isolate(model.vendor);
  return renderPage(context, {
    language,
    personal: true,
    deliberate: true,
    title: t('popup.device.confirm.title'),
    scripts: [formsScript(language)],
    main: html`<div class="intro"><h1 class=${headingSize(context.vendor)}>${t.rich('popup.device.confirm.heading', { vendor })}</h1></div>
${vendorRow(context, language)}
<div class="box"><p>${t('popup.device.confirm.compare')}</p>
<code class="shown-code" dir="ltr" translate="no">${model.userCode}</code></div>
<p>${t('popup.device.confirm.warning')}</p>
${model.account ? accountLines(model.account, language) : nothing}
<div class="sticky">${formFrame(
      { action: `${model.action}/device`, csrf: model.csrf, deliberate: t('shared.common.pressAgain') },
      html`<button class="button primary"><span>${t('popup.device.confirm.submit')}</span></button>`,
    )}
${cancelForm(model, language)}</div>`,
  });
}

/** The person has agreed, and the device goes on by itself. */
export function deviceDonePage(context: PageContext, { vendor }: { vendor: string }): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  return lastPage(context, language, {
    title: t('popup.device.done.title'),
    badge: html`<span class="badge">${checkIcon}</span>`,
    heading: t('popup.device.done.heading'),
    explanation: t.rich('popup.device.done.explanation', { vendor: isolate(vendor) }),
  });
}

/** The person has declined, or it was not to be. */
export function deviceRefusedPage(context: PageContext): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  return lastPage(context, language, {
    title: t('popup.device.refused.title'),
    badge: html`<span class="badge bad">${alertIcon}</span>`,
    heading: t('popup.device.refused.heading'),
    explanation: t('popup.device.refused.explanation'),
  });
}

function lastPage(
  context: PageContext,
  language: Language,
  { title, badge, heading, explanation }: { title: string; badge: unknown; heading: string; explanation: unknown },
): RenderedPage {
  return renderPage(context, {
    language,
    title,
    scripts: [],
    main: html`${badge}<div class="intro"><h1>${heading}</h1><p>${explanation}</p></div>
${toAccount(context, language)}`,
  });
}

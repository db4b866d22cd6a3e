import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { BUILT_IN } from '#domain/claims/catalogue.ts';
import { fieldNameInText } from '#pages/field-name.ts';
import { alertBox, formFrame, formsScript } from '#pages/forms.ts';
import { fieldIcons, shieldIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { sandboxMailNote } from '#pages/sandbox-mail.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import type { Problem } from '#pages/window-title.ts';
import { accountLines } from './account-lines.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import { consentFields } from './consent-fields.ts';
import type { ConsentModel, ContinueModel } from './models.ts';
import { returnNote, returnScripts } from './return-to-app.ts';
import { headingSize, vendorReferenceRow } from './vendor.ts';

/** What will be shared, with whom, as whom: every value in sight before the one button that shares it. */
export function consentPage(context: PageContext, model: ConsentModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const vendor = isolate(context.vendor?.name ?? '');
  const firstInvalid = model.fields.flatMap(({ inputs }) => inputs).find(({ error }) => error)?.name;
  const pictures = model.fields.filter(({ field }) => field === 'picture').map(({ value }) => imageSource(value));
  const heading = t.rich('popup.consent.heading', { vendor });
  const form = html`${model.alreadyShared.map((field) => html`<input type="hidden" name="already" value=${field}>`)}
${consentFields(model, language, { vendor, focused: firstInvalid, catalogue: model.catalogue ?? BUILT_IN })}
${sharedNote(model, vendor, language)}`;
  const frame = {
    id: 'consent',
    action: `${model.action}/consent`,
    csrf: model.csrf,
    layout: 'stack',
    deliberate: t('shared.common.pressAgain'),
  };
  return renderPage(context, {
    language,
    personal: true,
    deliberate: true,
    title: t('popup.consent.title'),
    problem: problemOf(model, firstInvalid),
    scripts: [formsScript(language), ...cancelScripts(context), ...returnScripts(context)],
    images: pictures.filter((picture) => picture !== undefined),
    main: html`<div class="intro"><h1 class=${headingSize(context.vendor)}>${heading}</h1></div>
${vendorReferenceRow(context, language)}
${accountChip(model, language)}
${model.sandboxMail ? sandboxMailNote(model.sandboxMail, language) : nothing}
${model.mailUnsent ? unsentNote(model, language) : nothing}
${firstInvalid ? alertBox(t('shared.common.checkFields')) : nothing}${problems(model, vendor, language)}
${formFrame(frame, form)}
<div class="sticky"><button class="button primary" form="consent">${t('popup.consent.submit')}</button>
${cancelForm(model, language)}${returnNote(context, language)}</div>`,
  });
}

/** After a sign-up whose mail was not sent because of a limit. Nobody should wait for it. */
function unsentNote({ account: { email = '' } }: ConsentModel, { t }: Language): unknown {
  const text = t.rich('shared.signUp.unsent', { email: isolateLeftToRight(email) });
  return html`<p class="note small" role="status">${fieldIcons.email}<span>${text}</span></p>`;
}

function problemOf({ changedMeanwhile, vendorRefusal }: ConsentModel, firstInvalid: unknown): Problem | undefined {
  if (firstInvalid) return 'entries';
  return changedMeanwhile || vendorRefusal ? 'error' : undefined;
}

/** Why the page is shown once more. What the vendor says is text, whatever it looks like. */
function problems({ changedMeanwhile, vendorRefusal }: ConsentModel, vendor: unknown, { t }: Language): unknown {
  const changed = changedMeanwhile ? alertBox(t.rich('popup.consent.changedMeanwhile', { vendor })) : nothing;
  if (!vendorRefusal) return changed;
  const { message } = vendorRefusal;
  const refused =
    message === undefined
      ? t.rich('popup.consent.vendorUnavailable', { vendor })
      : html`${t.rich('popup.consent.vendorRefused', { vendor })}<br>${isolate(message)}`;
  return html`${changed}${alertBox(refused)}`;
}

/** Below what is new to agree to: what the vendor has already, or that it gets nothing that tells who the person is. */
export function sharedNote(
  {
    fields = [],
    alreadyShared,
    catalogue,
  }: Pick<ConsentModel, 'alreadyShared' | 'catalogue'> & Partial<Pick<ConsentModel, 'fields'>>,
  vendor: unknown,
  language: Language,
): unknown {
  const { t, list } = language;
  const note = (text: unknown) => html`<p class="note small">${shieldIcon}<span>${text}</span></p>`;
  const names = alreadyShared.map((field) => fieldNameInText(field, language, catalogue));
  if (names.length > 0) return note(t('popup.consent.alreadyShared', { fields: list(names) }));
  return fields.length === 0 ? note(t.rich('popup.consent.onlyIdentifier', { vendor })) : nothing;
}

/** As whom, and the way to be somebody else. An address that is among what will be shared is not told twice. */
export function accountChip(
  { account, action, csrf, fields = [] }: ContinueModel & Partial<Pick<ConsentModel, 'fields'>>,
  language: Language,
): unknown {
  const isShownBelow = fields.some(({ value }) => value === account.email);
  const useAnother = html`<button class="link">${language.t('popup.consent.useAnother')}</button>`;
  const form = formFrame({ action: `${action}/switch-account`, csrf }, useAnother);
  return accountLines(account, language, form, isShownBelow);
}

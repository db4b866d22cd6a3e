import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { formFrame, formsScript } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import { accountChip, sharedNote } from './consent-page.ts';
import type { ContinueModel } from './models.ts';
import { returnNote, returnScripts } from './return-to-app.ts';
import { headingSize, vendorReferenceRow } from './vendor.ts';

/**
 * For who has agreed before, when the window was opened by a page that is not the shop's or does not say, and for who chooses the account: one
 * button.
 */
export function continuePage(context: PageContext, model: ContinueModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const vendor = isolate(context.vendor?.name ?? '');
  const { name, email } = model.account;
  const submit = t.rich('popup.continue.submit', { name: isolate(name ?? email ?? '') });
  return renderPage(context, {
    language,
    personal: true,
    deliberate: true,
    title: t('popup.continue.title'),
    scripts: [formsScript(language), ...cancelScripts(context), ...returnScripts(context)],
    main: html`<div class="intro"><h1 class=${headingSize(context.vendor)}>${t.rich('popup.continue.heading', { vendor })}</h1></div>
${vendorReferenceRow(context, language)}
${accountChip(model, language)}
${model.asksMore ? html`<p class="muted">${t('shared.common.nothingYet')}</p>` : sharedNote(model, vendor, language)}
<div class="sticky">${formFrame(
      { action: `${model.action}/continue`, csrf: model.csrf, deliberate: t('shared.common.pressAgain') },
      html`<button class="button primary"><span>${submit}</span></button>`,
    )}
${cancelForm(model, language)}${returnNote(context, language)}</div>`,
  });
}

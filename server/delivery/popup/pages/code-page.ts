import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { codeParts } from '#pages/code-parts.ts';
import { formsScript } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { CodeModel, PageContext } from '#pages/models.ts';
import { canMakePasskeyScript } from '#pages/passkeys.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import { vendorRow } from './vendor.ts';

/** Where somebody types the code from the mail, in the window in which they asked for it. It says nothing about accounts. */
export function codePage(context: PageContext, model: CodeModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const parts = codeParts({ realm: context.realm, wantedBy: context.vendor?.name }, model, language);
  return renderPage(context, {
    language,
    title: parts.title,
    problem: model.problem && 'entries',
    scripts: [formsScript(language), canMakePasskeyScript(), ...cancelScripts(context)],
    personal: true,
    main: html`<div class="intro"><h1>${parts.heading}</h1>${parts.where}</div>
${vendorRow(context, language)}
${parts.alert}
${parts.form}
<div class="sticky">${parts.submit}${parts.notNow}${cancelForm(model, language)}</div>
${parts.otherWays}`,
  });
}

import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { alertBox, formsScript } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { usePasskeyScript } from '#pages/passkeys.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import {
  secondFactorButtons,
  secondFactorFields,
  secondFactorIntro,
  secondFactorLinks,
  secondFactorProblem,
  secondFactorTitle,
} from '#pages/second-factor-form.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import type { SecondFactorModel } from './models.ts';
import { vendorRow } from './vendor.ts';

/** After the first proof of who somebody is: a code of their app, a recovery code, or a passkey. */
export function secondFactorPage(context: PageContext, model: SecondFactorModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { form } = model;
  const problem = secondFactorProblem(form, language);
  return renderPage(context, {
    language,
    title: secondFactorTitle(language),
    problem: problem === undefined ? undefined : 'entries',
    scripts: [formsScript(language), ...(form.passkey ? [usePasskeyScript()] : []), ...cancelScripts(context)],
    personal: true,
    main: html`<div class="intro">${secondFactorIntro(form, context.platformName, language)}</div>
${vendorRow(context, language)}
${problem === undefined ? nothing : alertBox(problem)}
${secondFactorFields(form, language)}
<div class="sticky">${secondFactorButtons(form, language)}${cancelForm(model, language)}</div>
<div class="actions">${secondFactorLinks(form, context.brand, language)}</div>`,
  });
}

import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { signUpTerms } from '#pages/brand.ts';
import { alertBox, csrfInput, formsScript, showPasswordScript, tooManyAttempts } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext, SignUpModel } from '#pages/models.ts';
import { passwordStrengthScript } from '#pages/new-password-field.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { firstInvalid, signUpFields } from '#pages/sign-up-fields.ts';
import { fill, isolate } from '#pages/text.ts';
import { pickStrings } from '#strings/pick-strings.ts';
import { cancelForm } from './cancel-form.ts';
import { vendorRow } from './vendor.ts';

/** A new account on the platform. */
export function signUpPage(context: PageContext, model: SignUpModel): RenderedPage {
  const language = pickStrings(context.languages);
  const { strings } = language;
  const { signUp } = strings;
  return renderPage(context, {
    language,
    title: signUp.title,
    scripts: [formsScript(), showPasswordScript(), passwordStrengthScript()],
    main: html`<div class="intro"><h1>${fill(signUp.heading, { platform: isolate(context.platformName) })}</h1><p class="muted">${strings.common.nothingYet}</p></div>
${vendorRow(context, language)}
${
  model.error
    ? alertBox(tooManyAttempts(model.retryAfterMinutes, language))
    : firstInvalid(model.errors)
      ? alertBox(strings.common.checkFields)
      : nothing
}
<form class="stack" method="post" action="${model.action}/sign-up">${csrfInput(model)}
${signUpFields(model, language)}
${signUpTerms(context.brand, language)}
<button class="button primary">${signUp.submit}</button></form>
<div class="actions"><p class="below small muted">${signUp.haveAccount} <a href=${model.action}>${signUp.signInInstead}</a></p>
${cancelForm(model, strings)}</div>`,
  });
}

import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { signUpTerms } from '#pages/brand.ts';
import { carryEmailScript } from '#pages/carry-email.ts';
import { alertBox, formFrame, formsScript, showPasswordScript, tooManyAttempts } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext, SignUpModel } from '#pages/models.ts';
import { passwordStrengthScript } from '#pages/new-password-field.ts';
import { puzzleField, puzzleScripts, unprovenWords } from '#pages/puzzle.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { firstInvalid, signUpFields } from '#pages/sign-up-fields.ts';
import { isolate } from '#pages/text.ts';
import type { Problem } from '#pages/window-title.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import { upstreamForm } from './upstream-parts.ts';
import { vendorRow } from './vendor.ts';

/** A new account on the platform. */
export function signUpPage(context: PageContext, model: SignUpModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const heading = t.rich('shared.signUp.heading', { platform: isolate(context.platformName) });
  const form = html`
${signUpFields(model, language)}
${signUpTerms(context.brand, language)}
${puzzleField(model.puzzle, language)}`;
  const submit = html`<button class="button primary" form="sign-up">${t('shared.signUp.submit')}</button>`;
  const signInInstead = html`<a href="${model.action}/sign-in">${t('shared.signUp.signInInstead')}</a>`;
  return renderPage(context, {
    language,
    title: t('shared.signUp.title'),
    problem: problemOf(model),
    scripts: [
      formsScript(language),
      showPasswordScript(),
      passwordStrengthScript(),
      carryEmailScript(),
      ...puzzleScripts(model.puzzle),
      ...cancelScripts(context),
    ],
    main: html`<div class="intro"><h1>${heading}</h1><p class="muted">${t('shared.common.nothingYet')}</p></div>
${vendorRow(context, language)}
${alertOf(model, language)}
${formFrame({ id: 'sign-up', action: `${model.action}/sign-up`, csrf: model.csrf, layout: 'stack' }, form)}
<div class="sticky">${submit}${cancelForm(model, language)}</div>
${upstreamForm(model, language)}
<p class="below small muted">${t('shared.signUp.haveAccount')} ${signInInstead}</p>`,
  });
}

function problemOf({ error, errors, unproven }: SignUpModel): Problem | undefined {
  if (error ?? unproven) return 'error';
  return firstInvalid(errors) && 'entries';
}

function alertOf(model: SignUpModel, language: Language): unknown {
  if (model.unproven) return alertBox(unprovenWords(model.unproven, language));
  if (model.error === 'busy') return alertBox(language.t('shared.common.busy'));
  if (model.error) return alertBox(tooManyAttempts(model.retryAfterMinutes, language));
  return firstInvalid(model.errors) ? alertBox(language.t('shared.common.checkFields')) : nothing;
}

import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { signUpTerms } from '#pages/brand.ts';
import { carryEmailScript } from '#pages/carry-email.ts';
import { alertBox, formFrame, formsScript, textField, tooManyAttempts } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { passwordElsewhere } from '#pages/password-elsewhere.ts';
import { puzzleField, puzzleScripts } from '#pages/puzzle.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate, isolateEmail } from '#pages/text.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import type { AddressModel } from './models.ts';
import { upstreamForm } from './upstream-parts.ts';
import { vendorRow } from './vendor.ts';

/** An address, to which a code is mailed: of somebody who signs up, or has forgotten a password. */
export function addressPage(context: PageContext, model: AddressModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { action, csrf, way, emailProblem } = model;
  const { title, heading, lead } = wordsOf(context, model, language);
  const submit = html`<button class="button primary" form="address">${t('popup.code.ask')}</button>`;
  return renderPage(context, {
    language,
    title,
    problem: emailProblem ? 'entries' : model.error && 'error',
    scripts: [formsScript(language), carryEmailScript(), ...puzzleScripts(model.puzzle), ...cancelScripts(context)],
    main: html`<div class="intro"><h1>${heading}</h1><p class="muted">${lead}</p></div>
${vendorRow(context, language)}
${model.error ? alertBox(errorOf(model, language)) : nothing}
${model.way === 'forgot' && model.passwordElsewhere ? passwordElsewhere(model.passwordElsewhere, language) : nothing}
${formFrame(
  { id: 'address', action: `${action}/code`, csrf, layout: 'stack' },
  html`<input type="hidden" name="way" value=${way}>
${way === 'confirm' && !model.asksAddress ? html`<input type="hidden" name="email" value=${model.email ?? ''}>` : emailField(model, language)}
${way === 'sign_up' ? signUpTerms(context.brand, language) : nothing}
${puzzleField(model.puzzle, language)}`,
)}
<div class="sticky">${submit}${cancelForm(model, language)}</div>
${upstreamForm(model, language)}
${otherWays(model, language)}`,
  });
}

function wordsOf(
  context: PageContext,
  { way, asksAddress, email = '', passwordElsewhere: elsewhere }: AddressModel,
  { t }: Language,
) {
  switch (way) {
    case 'sign_up':
      return {
        title: t('shared.signUp.title'),
        heading: t.rich('shared.signUp.heading', { platform: isolate(context.platformName) }),
        lead: t('popup.code.signUpLead'),
      };
    case 'forgot': {
      const title = t('shared.signIn.forgotPassword');
      return { title, heading: title, lead: elsewhere ? t('shared.signIn.codeInstead') : t('popup.code.forgotLead') };
    }
    case 'confirm': {
      const title = t('popup.confirmEmail.ask.title');
      const vendor = isolate(context.vendor?.name ?? context.platformName);
      const lead = asksAddress
        ? t.rich('popup.code.required', { vendor })
        : t.rich('popup.code.needed', { vendor, email: isolateEmail(email) });
      return { title, heading: title, lead };
    }
  }
}

function emailField({ email, emailProblem }: AddressModel, { t }: Language): unknown {
  return textField({
    name: 'email',
    label: t('shared.signIn.email'),
    type: 'email',
    value: email,
    autocomplete: 'username',
    direction: 'ltr',
    required: true,
    autofocus: true,
    ...(emailProblem && { error: t(`shared.errors.${emailProblem}`) }),
  });
}

function errorOf({ error, retryAfterMinutes }: AddressModel, language: Language): string {
  return error === 'not_mailed'
    ? language.t('popup.code.errors.not_mailed')
    : tooManyAttempts(retryAfterMinutes, language);
}

function otherWays({ action, way }: AddressModel, { t }: Language): unknown {
  const signIn = `${action}/sign-in`;
  if (way === 'confirm') return html`<p class="below small"><a href=${signIn}>${t('popup.consent.useAnother')}</a></p>`;
  if (way === 'forgot') return html`<p class="below small"><a href=${signIn}>${t('popup.code.back')}</a></p>`;
  return html`<div class="actions"><p class="below small"><a href="${action}/sign-up/password">${t('popup.code.usePassword')}</a></p>
<p class="below small muted">${t('shared.signUp.haveAccount')} <a href=${signIn}>${t('shared.signUp.signInInstead')}</a></p></div>`;
}

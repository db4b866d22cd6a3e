import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { PasswordProblem } from '#domain/accounts/credential-schemas.ts';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { alertBox, formFrame, formsScript, passwordField, showPasswordScript, tooManyAttempts } from '#pages/forms.ts';
import { alertIcon, shieldIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { FormContext, PageContext } from '#pages/models.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';
import { whatEnds } from '#pages/what-ends.ts';
import { toAccount } from './to-account.ts';

/** A form with the code from the mail. Opening the link does nothing yet: the button does. */
interface CodeForm extends FormContext {
  code: string;
  /** The address that the code confirms; undefined for a code that does not work, which is told once it is used. */
  email?: string;
}

export type ConfirmEmailModel =
  /** Of somebody who is signed in to the account here. */
  | ({ outcome: 'ask' } & CodeForm)
  /** Of somebody who is not, and can prove by the password to be the account's own. */
  | ({ outcome: 'outside'; signIn: string; anew: string } & CodeForm & Attempt)
  /** Of somebody who cannot. */
  | ({ outcome: 'anew'; keep: string; problem?: PasswordProblem } & CodeForm)
  | { outcome: 'confirmed' }
  | { outcome: 'replaced'; signIn: string }
  /** The link is unknown, used or too old; or the address has an owner by now. */
  | { outcome: 'refused' };

interface Attempt {
  error?: 'invalid_credentials' | 'too_many_attempts' | 'busy';
  retryAfterMinutes?: number;
}

type ModelOf<Outcome> = Extract<ConfirmEmailModel, { outcome: Outcome }>;

/** The pages behind the link in a confirmation mail. */
export function confirmEmailPage(context: PageContext, model: ConfirmEmailModel): RenderedPage {
  const language = pickLanguage(context.languages);
  switch (model.outcome) {
    case 'outside':
      return outsidePage(context, language, model);
    case 'anew':
      return anewPage(context, language, model);
    case 'replaced':
      return replacedPage(context, language, model);
    default:
      return shortPage(context, language, model);
  }
}

function shortPage(
  context: PageContext,
  language: Language,
  model: ModelOf<'ask' | 'confirmed' | 'refused'>,
): RenderedPage {
  const { t } = language;
  const title = t(`popup.confirmEmail.${model.outcome}.title`);
  const explanation = t.rich(`popup.confirmEmail.${model.outcome}.explanation`, {
    platform: isolate(context.platformName),
  });
  const next =
    model.outcome === 'ask'
      ? html`${formFrame({ ...model, id: FORM, deliberate: t('shared.common.pressAgain') }, codeInput(model))}
${submitBar(t('popup.confirmEmail.submit'))}`
      : toAccount(context, language);
  const badge = model.outcome === 'refused' ? badBadge : goodBadge;
  return renderPage(context, {
    language,
    title,
    problem: model.outcome === 'refused' ? 'error' : undefined,
    scripts: [],
    deliberate: model.outcome === 'ask',
    main: html`${badge}
<div class="intro"><h1>${title}</h1>${model.outcome === 'ask' ? addressOf(model) : nothing}<p>${explanation}</p></div>
${next}`,
  });
}

function outsidePage(context: PageContext, language: Language, model: ModelOf<'outside'>): RenderedPage {
  const { t } = language;
  const title = t('popup.confirmEmail.ask.title');
  const invalidBecause = model.error === 'invalid_credentials' ? 'alert' : undefined;
  const password = passwordField({
    language,
    autocomplete: 'current-password',
    autofocus: model.error !== undefined,
    invalidBecause,
  });
  return renderPage(context, {
    language,
    title,
    problem: model.error && (invalidBecause ? 'entries' : 'error'),
    scripts: [formsScript(language), showPasswordScript()],
    main: html`${goodBadge}
<div class="intro"><h1>${title}</h1>${addressOf(model)}<p>${t('popup.confirmEmail.outside.explanation')}</p></div>
${model.error ? alertBox(problemOf(model, language)) : nothing}
${formFrame(
  { ...model, id: FORM, layout: 'stack' },
  html`${codeInput(model)}
${password}`,
)}
${submitBar(t('popup.confirmEmail.submit'))}
<div class="actions"><p class="below small"><a href=${model.signIn}>${t('popup.confirmEmail.outside.otherWay')}</a></p>
<p class="below small"><a href=${model.anew}>${t('popup.confirmEmail.outside.unknownPassword')}</a></p></div>`,
  });
}

function problemOf({ error, retryAfterMinutes }: Attempt, language: Language): string {
  if (error === 'busy') return language.t('shared.common.busy');
  return error === 'too_many_attempts'
    ? tooManyAttempts(retryAfterMinutes, language)
    : language.t('popup.confirmEmail.outside.wrongPassword');
}

function anewPage(context: PageContext, language: Language, model: ModelOf<'anew'>): RenderedPage {
  const { t } = language;
  const title = t('popup.confirmEmail.anew.title');
  const label = t('account.signIn.reset.label');
  const password = newPasswordField({ label, minLength: MIN_PASSWORD_LENGTH, problem: model.problem }, language);
  return renderPage(context, {
    language,
    title,
    problem: model.problem && 'entries',
    scripts: [formsScript(language), showPasswordScript(), passwordStrengthScript()],
    main: html`<div class="intro"><h1>${title}</h1>${addressOf(model)}</div>
${whatEnds(language)}
${formFrame(
  { ...model, id: FORM, layout: 'stack' },
  html`${codeInput(model)}
${password}`,
)}
${submitBar(t('popup.confirmEmail.anew.submit'))}
<div class="actions"><p class="below small"><a href=${model.keep}>${t('popup.confirmEmail.anew.keep')}</a></p></div>`,
  });
}

function replacedPage(context: PageContext, language: Language, model: ModelOf<'replaced'>): RenderedPage {
  const { t } = language;
  const title = t('popup.confirmEmail.confirmed.title');
  return renderPage(context, {
    language,
    title,
    scripts: [],
    main: html`${goodBadge}
<div class="intro"><h1>${title}</h1><p>${t('popup.confirmEmail.anew.done')}</p></div>
<div class="sticky"><a class="button primary" href=${model.signIn}>${t('shared.signIn.title')}</a></div>`,
  });
}

const FORM = 'confirm';

/** Outside its form, so that it stays in view however long the page is. */
function submitBar(label: string): unknown {
  return html`<div class="sticky"><button class="button primary" form=${FORM}>${label}</button></div>`;
}

function addressOf({ email }: CodeForm): unknown {
  return email === undefined ? nothing : html`<p><b>${isolateLeftToRight(email)}</b></p>`;
}

function codeInput({ code }: CodeForm): unknown {
  return html`<input type="hidden" name="code" value=${code}>`;
}

const goodBadge = html`<span class="badge">${shieldIcon}</span>`;
const badBadge = html`<span class="badge bad">${alertIcon}</span>`;

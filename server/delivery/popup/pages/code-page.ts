import { html } from '@lit-labs/ssr';
import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { CODE_MINUTES } from '#domain/codes/code-budgets.ts';
import { CODE_LENGTHS } from '#domain/codes/code-text.ts';
import { alertBox, formFrame, formsScript, textField, tooManyAttempts } from '#pages/forms.ts';
import { keptMailNote } from '#pages/kept-mail.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { canMakePasskeyScript } from '#pages/passkeys.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate, isolateEmail } from '#pages/text.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import type { CodeModel, CodeProblem } from './models.ts';
import { vendorRow } from './vendor.ts';

/** Where somebody types the code from the mail, in the window in which they asked for it. It says nothing about accounts. */
export function codePage(context: PageContext, model: CodeModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { action, csrf, problem } = model;
  const post = (path: string, key: 'again' | 'notNow', look: 'secondary' | 'quiet') =>
    formFrame(
      { action: `${action}/${path}`, csrf },
      html`<button class="button ${look}">${t(`popup.code.${key}`)}</button>`,
    );
  const submit = html`<button class="button primary" form="code-form">${t('popup.code.submit')}</button>`;
  return renderPage(context, {
    language,
    title: t('popup.code.title'),
    problem: problem && 'entries',
    scripts: [formsScript(language), canMakePasskeyScript(), ...cancelScripts(context)],
    personal: true,
    main: html`<div class="intro"><h1>${t(context.realm === 'sandbox' ? 'popup.code.title' : 'popup.code.heading')}</h1>${whereItIs(context, model, language)}</div>
${vendorRow(context, language)}
${problem ? alertBox(problemOf(problem, model, language)) : nothing}
${formFrame(
  { id: 'code-form', action: `${action}/code-check`, csrf, layout: 'stack' },
  html`<input type="hidden" name="passkeys">${codeField(model, language)}`,
)}
<div class="sticky">${submit}${model.mayDecline ? post('code-not-now', 'notNow', 'secondary') : nothing}${cancelForm(model, language)}</div>
<div class="actions">${post('code-again', 'again', 'quiet')}${links(model, language)}</div>`,
  });
}

function codeField({ format, problem }: CodeModel, { t }: Language): unknown {
  return textField({
    name: 'code',
    label: t('popup.code.label'),
    autocomplete: 'one-time-code',
    ...(format === 'digits' && { inputMode: 'numeric' }),
    direction: 'ltr',
    required: true,
    autofocus: true,
    ...(problem && { invalidBecause: 'alert' }),
  });
}

/** Where the code is; in the sandbox, what it is. */
function whereItIs(context: PageContext, model: CodeModel, language: Language): unknown {
  const { t, duration } = language;
  const email = html`<b>${isolateEmail(model.email)}</b>`;
  const why =
    model.isRequired && context.vendor
      ? html`<p>${t.rich('popup.code.required', { vendor: isolate(context.vendor.name) })}</p>`
      : nothing;
  if (model.shown !== undefined)
    return html`${why}<p>${t.rich('popup.code.would', { email })}</p>
<div class="box"><code class="shown-code" dir="ltr" translate="no" data-sandbox-code>${model.shown}</code></div>`;
  if (context.realm === 'sandbox')
    return html`${why}<p>${t.rich('popup.code.elsewhere', { email })}</p>${keptNote(model, language)}`;
  const sent = t.rich('popup.code.sent', { email, duration: duration(CODE_MINUTES, 'minute') });
  return html`${why}<p>${sent}</p>
<p class="small muted">${t('popup.code.spam')}</p>${keptNote(model, language)}`;
}

function keptNote({ mailPage }: CodeModel, language: Language): unknown {
  return mailPage ? keptMailNote(mailPage, language) : nothing;
}

function links({ otherAddress, usePassword }: CodeModel, { t }: Language): unknown {
  const link = (href: string, label: string) => html`<p class="below small"><a href=${href}>${label}</a></p>`;
  return html`${usePassword === undefined ? nothing : link(usePassword, t('popup.code.usePassword'))}
${otherAddress === undefined ? nothing : link(otherAddress, t('popup.code.otherAddress'))}`;
}

function problemOf(problem: CodeProblem, { format }: CodeModel, language: Language): string {
  const { t, duration } = language;
  switch (problem.kind) {
    case 'wrong':
      return t('popup.code.errors.wrong', { count: problem.triesLeft });
    case 'malformed':
      return t(`popup.code.errors.${format}`, { count: CODE_LENGTHS[format] });
    case 'too_soon':
      return t('popup.code.errors.too_soon', { duration: duration(Math.ceil(problem.retryAfterMs / 1000), 'second') });
    case 'too_many_attempts':
      return tooManyAttempts(Math.ceil(problem.retryAfterMs / 60_000), language);
    default:
      return t(`popup.code.errors.${problem.kind}`);
  }
}

import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { Realm } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { CODE_MINUTES } from '../domain/codes/code-budgets.ts';
import { CODE_LENGTHS } from '../domain/codes/code-text.ts';
import { alertBox, formFrame, textField, tooManyAttempts } from './forms.ts';
import { keptMailNote } from './kept-mail.ts';
import type { CodeModel, CodeProblem } from './models.ts';
import { isolate, isolateEmail } from './text.ts';

/** What the page is made of on which somebody types the code from the mail, for the frame of the popup or of the account pages. */
export interface CodeParts {
  title: string;
  heading: string;
  /** Where the code is; in the sandbox, what it is. */
  where: unknown;
  alert: unknown;
  form: unknown;
  /** Of the form, wherever it stands. */
  submit: unknown;
  /** Goes on without a code, where one may. */
  notNow: unknown;
  /** Another code, another address, or a password instead. */
  otherWays: unknown;
}

/** @param wantedBy who needs the address confirmed, where somebody does */
export function codeParts(
  { realm, wantedBy }: { realm: Realm; wantedBy: string | undefined },
  model: CodeModel,
  language: Language,
): CodeParts {
  const { t } = language;
  const { action, csrf, problem } = model;
  const post = (path: string, key: 'again' | 'notNow', look: 'secondary' | 'quiet') =>
    formFrame(
      { action: `${action}/${path}`, csrf },
      html`<button class="button ${look}">${t(`popup.code.${key}`)}</button>`,
    );
  return {
    title: t('popup.code.title'),
    heading: t(realm === 'sandbox' ? 'popup.code.title' : 'popup.code.heading'),
    where: html`${whyOf(model, wantedBy, language)}${whereItIs(realm, model, language)}`,
    alert: problem ? alertBox(problemOf(problem, model, language)) : nothing,
    form: formFrame(
      { id: 'code-form', action: `${action}/code-check`, csrf, layout: 'stack' },
      html`<input type="hidden" name="passkeys">${codeField(model, language)}`,
    ),
    submit: html`<button class="button primary" form="code-form">${t('popup.code.submit')}</button>`,
    notNow: model.mayDecline ? post('code-not-now', 'notNow', 'secondary') : nothing,
    otherWays: html`<div class="actions">${post('code-again', 'again', 'quiet')}${links(model, language)}</div>`,
  };
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

function whyOf({ isRequired }: CodeModel, wantedBy: string | undefined, { t }: Language): unknown {
  if (!isRequired || wantedBy === undefined) return nothing;
  return html`<p>${t.rich('popup.code.required', { vendor: isolate(wantedBy) })}</p>`;
}

function whereItIs(realm: Realm, model: CodeModel, language: Language): unknown {
  const { t, duration } = language;
  const email = html`<b>${isolateEmail(model.email)}</b>`;
  if (model.shown !== undefined)
    return html`<p>${t.rich('popup.code.would', { email })}</p>
<div class="box"><code class="shown-code" dir="ltr" translate="no" data-sandbox-code>${model.shown}</code></div>`;
  if (realm === 'sandbox') return html`<p>${t.rich('popup.code.elsewhere', { email })}</p>${keptNote(model, language)}`;
  const sent = t.rich('popup.code.sent', { email, duration: duration(CODE_MINUTES, 'minute') });
  return html`<p>${sent}</p>
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

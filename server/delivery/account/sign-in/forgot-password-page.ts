import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { EmailProblem } from '#domain/accounts/credential-schemas.ts';
import { PASSWORD_RESET_HOURS } from '#domain/accounts/reset-password.ts';
import { keepsPasswordsElsewhere } from '#domain/directory/owner.ts';
import { carryEmailScript } from '#pages/carry-email.ts';
import { alertBox, formFrame, textField } from '#pages/forms.ts';
import { keptMailNote } from '#pages/kept-mail.ts';
import { passwordElsewhere } from '#pages/password-elsewhere.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { askForCodeButton } from './ask-for-code-button.ts';
import { continueInput } from './continue-input.ts';

export interface ForgotPasswordAttempt {
  email: string;
  /** Where to go on, with a code. */
  continue: string;
  /** Sandbox only: of the app in whose popup the password was forgotten. */
  clientId?: string | undefined;
  problem?: EmailProblem;
  /** `code_not_mailed`: the address has had enough codes for now. */
  error?: 'code_not_mailed' | 'too_many_attempts';
  retryAfterMs?: number;
}

/** A code is typed in this window, and leads on where one wanted to go. A link works in another browser, and in the sandbox. */
export function sendForgotPassword(
  call: PortalCall,
  status: number,
  attempt: ForgotPasswordAttempt,
): Promise<FastifyReply> {
  const { email, clientId, problem } = attempt;
  const { base, csrf } = call;
  const isSandbox = call.context.realm === 'sandbox';
  const isElsewhere = keepsPasswordsElsewhere(call.context);
  const { t } = call.language;
  const input = textField({
    name: 'email',
    label: t('shared.signIn.email'),
    type: 'email',
    value: email,
    autocomplete: 'username',
    direction: 'ltr',
    required: true,
    autofocus: true,
    error: problem && t(`shared.errors.${problem}`),
  });
  const code = askForCodeButton(call, { way: 'forgot', look: 'primary' });
  const link = html`<button class="button ${isSandbox ? 'primary' : 'secondary'}">${t('account.signIn.forgot.submit')}</button>`;
  const app = clientId === undefined ? nothing : html`<input type="hidden" name="client_id" value=${clientId}>`;
  const action = `${base}/forgot-password?language=${call.language.tag}`;
  const form = { action, csrf, layout: 'stack' } as const;
  return sendPortalPage(call, status, {
    title: t('shared.signIn.forgotPassword'),
    lead: isElsewhere
      ? t('shared.signIn.codeInstead')
      : t(isSandbox ? 'account.signIn.forgot.lead' : 'account.signIn.forgot.leadCode'),
    width: 'narrow',
    scripts: [carryEmailScript()],
    main: html`${problemOf(call, attempt)}
${isElsewhere ? passwordElsewhere(call.context.config, call.language) : nothing}
${formFrame(form, html`${app}${continueInput(attempt)}${input}${code}${isElsewhere ? nothing : link}`)}
${backToSignIn(call)}`,
  });
}

function problemOf(call: PortalCall, { error, retryAfterMs }: ForgotPasswordAttempt): unknown {
  if (error === 'code_not_mailed') return alertBox(call.language.t('popup.code.errors.not_mailed'));
  return retryAfterMs === undefined ? nothing : tellToWait(call, retryAfterMs);
}

/** Says nothing about the address: it is the same page for all. */
export function sendResetMailed(call: PortalCall): Promise<FastifyReply> {
  const { t, duration } = call.language;
  const another = t('account.signIn.forgot.another');
  const isSandbox = call.context.realm === 'sandbox';
  const hint = t(isSandbox ? 'account.signIn.forgot.sandbox' : 'account.signIn.forgot.hint');
  const kept = isSandbox ? nothing : keptMailNote(call.context.config, call.language);
  return sendPortalPage(call, 200, {
    ...statement({
      kind: 'mailed',
      title: t('account.signIn.forgot.sentTitle'),
      text: t('account.signIn.forgot.sent', { duration: duration(PASSWORD_RESET_HOURS, 'hour') }),
      details: html`<p class="small muted">${hint}</p>${kept}`,
      next: html`<p><a class="button secondary" href="${call.base}/forgot-password?language=${call.language.tag}">${another}</a></p>
${backToSignIn(call)}`,
    }),
    width: 'narrow',
  });
}

function backToSignIn({ account, base, language: { t } }: PortalCall): unknown {
  if (account) return nothing;
  return html`<p class="below small"><a href="${base}/sign-in">${t('account.signIn.forgot.back')}</a></p>`;
}

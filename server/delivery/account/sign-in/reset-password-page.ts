import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { PasswordProblem } from '#domain/accounts/credential-schemas.ts';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { PASSWORD_RESET_HOURS } from '#domain/accounts/reset-password.ts';
import { formFrame, showPasswordScript } from '#pages/forms.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { whatEnds } from '#pages/what-ends.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';

export interface ResetPasswordAttempt {
  code: string;
  email: string;
  /** Whether the reset ends what was set up with the address before. */
  endsAccount: boolean;
  problem?: PasswordProblem;
}

export function sendResetPassword(
  call: PortalCall,
  status: number,
  { code, email, endsAccount, problem }: ResetPasswordAttempt,
): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const { t } = language;
  const label = t('account.signIn.reset.label');
  return sendPortalPage(call, status, {
    title: t('account.signIn.reset.title'),
    lead: t.rich('account.signIn.reset.lead', { email: isolateLeftToRight(email) }),
    width: 'narrow',
    scripts: [showPasswordScript(), passwordStrengthScript()],
    main: html`${endsAccount ? ending(call, code) : nothing}
${formFrame(
  { action: `${base}/reset-password`, csrf, layout: 'stack' },
  html`<input type="hidden" name="code" value=${code}>
<input type="hidden" id="email" autocomplete="username" value=${email}>
${newPasswordField({ label, minLength: MIN_PASSWORD_LENGTH, autofocus: !endsAccount, problem }, language)}
<button class="button primary">${t('account.signIn.reset.submit')}</button>`,
)}`,
  });
}

/** What ends, and how to keep it: whoever signs in comes back to this page, where nothing ends then. */
function ending(call: PortalCall, code: string): unknown {
  const { base, language } = call;
  const signIn = continueTo(call, 'sign-in', `${base}/reset-password?${new URLSearchParams({ code })}`);
  const keep = language.t.rich('account.signIn.reset.keep', {
    signIn: (words) => html`<a href=${signIn}>${words}</a>`,
  });
  return html`<p>${keep}</p>${whatEnds(language)}`;
}

/** The same for every code that does not work, whatever the reason. */
export function sendResetRefused(call: PortalCall): Promise<FastifyReply> {
  const { t, duration } = call.language;
  const again = t('account.signIn.reset.again');
  return sendPortalPage(call, 400, {
    ...statement({
      kind: 'refused',
      title: t('account.signIn.reset.refusedTitle'),
      text: t('account.signIn.reset.refused', { duration: duration(PASSWORD_RESET_HOURS, 'hour') }),
      next: html`<p><a class="button primary" href="${call.base}/forgot-password">${again}</a></p>`,
    }),
    width: 'narrow',
  });
}

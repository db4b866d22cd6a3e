import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import type { PasswordProblem } from '#domain/accounts/credential-schemas.ts';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { csrfInput, showPasswordScript } from '#pages/forms.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import { fill, isolateLeftToRight } from '#pages/text.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { signInStrings } from './strings.ts';

export interface ResetPasswordAttempt {
  code: string;
  email: string;
  problem?: PasswordProblem;
}

export function sendResetPassword(
  call: PortalCall,
  status: number,
  { code, email, problem }: ResetPasswordAttempt,
): Promise<FastifyReply> {
  const { language } = call;
  const { reset } = signInStrings(language);
  return sendPortalPage(call, status, {
    title: reset.title,
    lead: fill(reset.lead, { email: isolateLeftToRight(email) }),
    width: 'narrow',
    scripts: [showPasswordScript(), passwordStrengthScript()],
    main: html`<form class="stack" method="post" action="${call.base}/reset-password">${csrfInput(call)}<input type="hidden" name="code" value=${code}>
<input type="hidden" id="email" autocomplete="username" value=${email}>
${newPasswordField({ label: reset.label, minLength: MIN_PASSWORD_LENGTH, autofocus: true, problem }, language)}
<button class="button primary">${reset.submit}</button></form>`,
  });
}

/** The same for every code that does not work, whatever the reason. */
export function sendResetRefused(call: PortalCall): Promise<FastifyReply> {
  const { reset } = signInStrings(call.language);
  return sendPortalPage(call, 400, {
    title: reset.refusedTitle,
    lead: reset.refused,
    width: 'narrow',
    main: html`<p><a class="button primary" href="${call.base}/forgot-password">${reset.again}</a></p>`,
  });
}

import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { PasswordProblem } from '#domain/accounts/credential-schemas.ts';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { formFrame, showPasswordScript } from '#pages/forms.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { type AtGate, attemptPath } from './attempt.ts';

/** After a password that thieves try first: choose another, now or later. */
export function sendBreachedPassword(
  call: PortalCall,
  status: number,
  { attempt, account }: AtGate,
  problem?: PasswordProblem,
): Promise<FastifyReply> {
  const { csrf, language } = call;
  const { t } = language;
  const action = `${attemptPath(call, attempt)}/breached-password`;
  const field = { label: t('shared.newPassword.label'), minLength: MIN_PASSWORD_LENGTH, autofocus: true, problem };
  const later = html`<input type="hidden" name="later" value="yes">
<button class="button secondary">${t('popup.passkeyOffer.notNow')}</button>`;
  return sendPortalPage(call, status, {
    title: t('shared.newPassword.heading'),
    lead: html`${t('shared.newPassword.lead')} ${t('popup.breachedPassword.everywhere')}`,
    width: 'narrow',
    scripts: [showPasswordScript(), passwordStrengthScript()],
    main: html`${formFrame(
      { action, csrf, layout: 'stack' },
      html`<input type="hidden" id="email" autocomplete="username" value=${account.email ?? nothing}>
${newPasswordField(field, language)}
<button class="button primary">${t('popup.breachedPassword.submit')}</button>`,
    )}
${formFrame({ action, csrf, layout: 'stack', deliberate: t('shared.common.pressAgain') }, later)}`,
  });
}

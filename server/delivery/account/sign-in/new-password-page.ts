import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { PasswordProblem } from '#domain/accounts/credential-schemas.ts';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { creationOptions } from '#domain/passkeys/add.ts';
import { alertBox, formFrame, showPasswordScript } from '#pages/forms.ts';
import { newPasswordField, passwordStrengthScript } from '#pages/new-password-field.ts';
import { createPasskeyForm, createPasskeyScript } from '#pages/passkeys.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { type AtGate, attemptPath } from './attempt.ts';

export interface NewPasswordTry {
  problem?: PasswordProblem;
  /** The browser sent a passkey that we cannot accept. */
  isRefused?: boolean;
}

/** After a forgotten password: a new one, a passkey, or neither. */
export async function sendNewPassword(
  call: PortalCall,
  status: number,
  { attempt, account }: AtGate,
  { problem, isRefused }: NewPasswordTry = {},
): Promise<FastifyReply> {
  const { boundTo, context, csrf, language } = call;
  const { t } = language;
  const action = `${attemptPath(call, attempt)}/new-password`;
  const field = {
    label: t('account.signIn.reset.label'),
    minLength: MIN_PASSWORD_LENGTH,
    optional: t('popup.newPassword.hint'),
    problem,
    autofocus: true,
  };
  const creation = await creationOptions(context, account, boundTo);
  const passkey = { action, csrf, options: creation, language, submit: t('shared.passkey.create') };
  return sendPortalPage(call, status, {
    title: t('popup.newPassword.heading'),
    lead: t('popup.newPassword.explanation'),
    width: 'narrow',
    scripts: [showPasswordScript(), passwordStrengthScript(), createPasskeyScript()],
    main: html`${isRefused ? alertBox(t('shared.passkey.notMade')) : nothing}
${formFrame(
  { action, csrf, layout: 'stack' },
  html`<input name="username" autocomplete="username" value=${account.email ?? ''} hidden>
${newPasswordField(field, language)}
<button class="button primary">${t('popup.code.submit')}</button>`,
)}
${createPasskeyForm({ ...passkey, look: 'secondary' })}`,
  });
}

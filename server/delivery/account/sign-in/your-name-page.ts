import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { MIN_PASSWORD_LENGTH } from '#domain/accounts/passwords.ts';
import { alertBox, formFrame, showPasswordScript } from '#pages/forms.ts';
import type { YourNameModel } from '#pages/models.ts';
import { passwordStrengthScript } from '#pages/new-password-field.ts';
import { yourNameFields } from '#pages/your-name-fields.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { type AtGate, attemptPath } from './attempt.ts';

/** What a new account is asked once its address is proven. Nothing has to be filled in. */
export function sendYourName(
  call: PortalCall,
  status: number,
  { attempt, account: { email = '' } }: AtGate,
  typed: Pick<YourNameModel, 'values' | 'errors'> = { values: {}, errors: {} },
): Promise<FastifyReply> {
  const { csrf, language } = call;
  const { t } = language;
  const form = { action: `${attemptPath(call, attempt)}/name`, csrf };
  const model = { ...form, email, minPasswordLength: MIN_PASSWORD_LENGTH, ...typed };
  const isWrong = Object.keys(model.errors).length > 0;
  return sendPortalPage(call, status, {
    title: t('popup.yourName.heading'),
    lead: t('popup.yourName.explanation'),
    width: 'narrow',
    scripts: [showPasswordScript(), passwordStrengthScript()],
    main: html`${isWrong ? alertBox(t('shared.common.checkFields')) : nothing}
${formFrame(
  { ...form, layout: 'stack' },
  html`${yourNameFields(model, language)}
<button class="button primary">${t('popup.code.submit')}</button>`,
)}`,
  });
}

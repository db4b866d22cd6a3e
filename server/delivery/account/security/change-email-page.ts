import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { EMAIL_CHANGE_HOURS } from '#domain/accounts/change-email.ts';
import type { EmailProblem } from '#domain/accounts/credential-schemas.ts';
import { formFrame, textField } from '#pages/forms.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';

export interface ChangeEmailAttempt {
  email: string;
  problem?: EmailProblem | 'same_address';
  retryAfterMs?: number;
}

export function sendChangeEmail(
  call: PersonCall,
  status: number,
  { email, problem, retryAfterMs }: ChangeEmailAttempt,
): Promise<FastifyReply> {
  const { account, base, csrf, language } = call;
  const { t } = language;
  const security = `${base}/security`;
  const input = textField({
    name: 'email',
    label: t('account.security.newEmail.label'),
    type: 'email',
    value: email,
    autocomplete: 'email',
    direction: 'ltr',
    required: true,
    autofocus: true,
    error:
      problem && (problem === 'same_address' ? t('account.security.newEmail.same') : t(`shared.errors.${problem}`)),
  });
  return sendPortalPage(call, status, {
    navItem: 'security',
    title: t('account.security.newEmail.title'),
    lead:
      account.email === undefined
        ? t('account.security.newEmail.leadNone')
        : t.rich('account.security.newEmail.lead', { email: isolateLeftToRight(account.email) }),
    back: { href: security, label: t('account.frame.nav.security') },
    main: html`${retryAfterMs === undefined ? nothing : tellToWait(call, retryAfterMs)}
${formFrame(
  { action: `${security}/email`, csrf, layout: 'card stack' },
  html`${input}${formButtons({ submit: t('account.security.newEmail.submit'), cancel: security }, language)}`,
)}`,
  });
}

/** Behind the link in the mail to the new address. */
export function sendNewEmail(
  call: PersonCall,
  { code, email }: { code: string; email: string },
): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const { t } = language;
  const security = `${base}/security`;
  const address = html`<b>${isolateLeftToRight(email)}</b>`;
  return sendPortalPage(call, 200, {
    navItem: 'security',
    ...statement({
      kind: 'question',
      title: t('account.security.newEmail.askTitle'),
      text: t.rich('account.security.newEmail.ask', { email: address }),
      next: formFrame(
        { action: `${security}/new-email`, csrf, deliberate: t('shared.common.pressAgain') },
        html`<input type="hidden" name="code" value=${code}>
${formButtons({ submit: t('account.security.newEmail.confirm'), cancel: security }, language)}`,
      ),
    }),
  });
}

/** The same for every code that does not work, whatever the reason. */
export function sendNewEmailRefused(call: PersonCall): Promise<FastifyReply> {
  const { t, duration } = call.language;
  const back = t('account.frame.nav.security');
  return sendPortalPage(call, 400, {
    navItem: 'security',
    ...statement({
      kind: 'refused',
      title: t('account.security.newEmail.refusedTitle'),
      text: t('account.security.newEmail.refused', { duration: duration(EMAIL_CHANGE_HOURS, 'hour') }),
      next: html`<p class="buttons"><a class="button primary" href="${call.base}/security">${back}</a></p>`,
    }),
  });
}

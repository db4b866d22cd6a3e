import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { EmailProblem } from '#domain/accounts/credential-schemas.ts';
import { csrfInput, textField } from '#pages/forms.ts';
import { fill, isolateLeftToRight } from '#pages/text.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { securityStrings } from './strings.ts';

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
  const { account, base, language } = call;
  const { newEmail } = securityStrings(language);
  const frame = portalStrings(language);
  const error = problem === 'same_address' ? newEmail.same : problem && language.strings.errors[problem];
  return sendPortalPage(call, status, {
    section: 'security',
    title: newEmail.title,
    lead:
      account.email === undefined
        ? newEmail.leadNone
        : fill(newEmail.lead, { email: isolateLeftToRight(account.email) }),
    back: { href: `${base}/security`, label: frame.nav.security },
    main: html`${retryAfterMs === undefined ? nothing : tellToWait(call, retryAfterMs)}
<form class="card stack" method="post" action="${base}/security/email">${csrfInput(call)}
${textField({
  name: 'email',
  label: newEmail.label,
  type: 'email',
  value: email,
  autocomplete: 'email',
  direction: 'ltr',
  required: true,
  autofocus: true,
  error,
})}
<div class="buttons"><button class="button primary">${newEmail.submit}</button><a class="button secondary" href="${base}/security">${frame.cancel}</a></div></form>`,
  });
}

/** Behind the link in the mail to the new address. */
export function sendNewEmail(
  call: PersonCall,
  { code, email }: { code: string; email: string },
): Promise<FastifyReply> {
  const { base, language } = call;
  const { newEmail } = securityStrings(language);
  return sendPortalPage(call, 200, {
    section: 'security',
    title: newEmail.askTitle,
    main: html`<form class="card stack" method="post" action="${base}/security/new-email">${csrfInput(call)}<input type="hidden" name="code" value=${code}>
<p>${fill(newEmail.ask, { email: html`<b>${isolateLeftToRight(email)}</b>` })}</p>
<div class="buttons"><button class="button primary">${newEmail.confirm}</button><a class="button secondary" href="${base}/security">${portalStrings(language).cancel}</a></div></form>`,
  });
}

/** The same for every code that does not work, whatever the reason. */
export function sendNewEmailRefused(call: PersonCall): Promise<FastifyReply> {
  const { newEmail } = securityStrings(call.language);
  return sendPortalPage(call, 400, {
    section: 'security',
    title: newEmail.refusedTitle,
    lead: newEmail.refused,
    main: html`<p><a class="button secondary" href="${call.base}/security">${portalStrings(call.language).nav.security}</a></p>`,
  });
}

import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import type { EmailProblem } from '#domain/accounts/credential-schemas.ts';
import { csrfInput, textField } from '#pages/forms.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { signInStrings } from './strings.ts';

export interface ForgotPasswordAttempt {
  email: string;
  problem?: EmailProblem;
  retryAfterMs?: number;
}

export function sendForgotPassword(
  call: PortalCall,
  status: number,
  { email, problem, retryAfterMs }: ForgotPasswordAttempt,
): Promise<FastifyReply> {
  const { strings } = call.language;
  const { forgot } = signInStrings(call.language);
  return sendPortalPage(call, status, {
    title: strings.signIn.forgotPassword,
    lead: forgot.lead,
    width: 'narrow',
    main: html`${retryAfterMs === undefined ? nothing : tellToWait(call, retryAfterMs)}
<form class="stack" method="post" action="${call.base}/forgot-password">${csrfInput(call)}
${textField({
  name: 'email',
  label: strings.signIn.email,
  type: 'email',
  value: email,
  autocomplete: 'username',
  direction: 'ltr',
  required: true,
  autofocus: true,
  error: problem && strings.errors[problem],
})}
<button class="button primary">${forgot.submit}</button></form>
${backToSignIn(call)}`,
  });
}

/** Says nothing about the address: it is the same page for all. */
export function sendResetMailed(call: PortalCall): Promise<FastifyReply> {
  const { forgot } = signInStrings(call.language);
  return sendPortalPage(call, 200, {
    title: forgot.sentTitle,
    width: 'narrow',
    main: html`<p>${forgot.sent}</p>
<p class="small muted">${forgot.hint}</p>
<p><a class="button secondary" href="${call.base}/forgot-password">${forgot.another}</a></p>
${backToSignIn(call)}`,
  });
}

function backToSignIn({ account, base, language }: PortalCall): unknown {
  if (account) return nothing;
  return html`<p class="below small"><a href="${base}/sign-in">${signInStrings(language).forgot.back}</a></p>`;
}

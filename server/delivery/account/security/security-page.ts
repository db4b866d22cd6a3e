import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { csrfInput } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { fill, isolateLeftToRight } from '#pages/text.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { passkeysCard } from '../passkeys/passkeys-card.ts';
import { securityStrings } from './strings.ts';

export interface SecurityState {
  done?: keyof ReturnType<typeof securityStrings>['done'] | undefined;
  /** There have been too many attempts of late. */
  retryAfterMs?: number;
}

export async function sendSecurity(
  call: PersonCall,
  status: number,
  { done, retryAfterMs }: SecurityState,
): Promise<FastifyReply> {
  const strings = securityStrings(call.language);
  const pending = await call.context.rows.emailCodes.pendingAddress(call.account.id, 'change_email');
  return sendPortalPage(call, status, {
    section: 'security',
    title: portalStrings(call.language).nav.security,
    lead: strings.lead,
    notice: done && strings.done[done],
    main: html`${retryAfterMs === undefined ? nothing : tellToWait(call, retryAfterMs)}
${call.account.persona ? testPersonNote(call) : nothing}
${emailCard(call, pending)}
${passwordCard(call)}
${await passkeysCard(call)}`,
  });
}

function testPersonNote({ language }: PersonCall): unknown {
  const { title, explanation } = portalStrings(language).errorPage.test_person;
  return html`<div class="warning">${alertIcon}<p><b>${title}.</b> ${explanation}</p></div>`;
}

function emailCard(call: PersonCall, pending: string | undefined): unknown {
  const { account, base, language } = call;
  const { email } = securityStrings(language);
  const state = account.emailVerified
    ? html`<span class="tag">${email.confirmed}</span>`
    : html`<span class="tag warn">${email.unconfirmed}</span>`;
  const isUnconfirmed = account.email !== undefined && !account.emailVerified;
  return html`<section class="card"><header><h2>${email.heading}</h2></header>
<p>${account.email === undefined ? html`<span class="muted">${email.none}</span>` : html`${isolateLeftToRight(account.email)} ${state}`}</p>
${isUnconfirmed && !account.persona ? html`<p class="small muted">${email.unconfirmedHint}</p>` : nothing}
${
  account.persona
    ? nothing
    : html`${pending === undefined ? nothing : pendingChange(call, pending)}
<div class="buttons">${
        isUnconfirmed
          ? html`<form method="post" action="${base}/security/confirmation">${csrfInput(call)}<button class="button secondary">${email.sendAgain}</button></form>`
          : nothing
      }<a class="button secondary" href="${base}/security/email">${email.change}</a></div>`
}</section>`;
}

/** An address that waits for its link to be used. */
function pendingChange(call: PersonCall, address: string): unknown {
  const { email } = securityStrings(call.language);
  return html`<div class="warning">${alertIcon}<div><p>${fill(email.pending, { email: isolateLeftToRight(address) })}</p>
<form method="post" action="${call.base}/security/email/cancel">${csrfInput(call)}<button class="link">${email.cancelPending}</button></form></div></div>`;
}

function passwordCard({ account, base, language }: PersonCall): unknown {
  const { password } = securityStrings(language);
  const has = account.passwordHash !== undefined;
  return html`<section class="card"><header><h2>${password.heading}</h2><p class="small muted">${has ? password.has : password.hasNot}</p></header>
${
  account.persona
    ? nothing
    : html`<div class="buttons"><a class="button secondary" href="${base}/security/password">${has ? password.change : password.set}</a></div>`
}</section>`;
}

import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { mailForPages, type ShownMail } from '#domain/accounts/sandbox-mail.ts';
import { isDirectorys } from '#domain/directory/owner.ts';
import { formFrame } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { keptMailNote } from '#pages/kept-mail.ts';
import { passwordElsewhere } from '#pages/password-elsewhere.ts';
import { sandboxMailNote } from '#pages/sandbox-mail.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { sendPortalPage, warning } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { unsentNote } from '#portal/unsent-note.ts';
import { isShared } from '#storage/accounts.ts';
import { identitiesCard } from '../identities/identities-card.ts';
import { passkeysCard } from '../passkeys/passkeys-card.ts';
import { secondFactorCard } from '../second-factor/second-factor-card.ts';

/** What the page says has just been done. */
export const SECURITY_DONE = [
  'confirmation_sent',
  'email_requested',
  'email_change_cancelled',
  'email_changed',
  'password_changed',
  'password_changed_everywhere',
  'second_factor_removed',
] as const;

/** Mails that were not sent, because their address has had enough today. */
export const SECURITY_UNSENT = ['confirmation', 'new_address'] as const;

export interface SecurityState {
  unsent?: (typeof SECURITY_UNSENT)[number] | undefined;
  done?: (typeof SECURITY_DONE)[number] | undefined;
  /** There have been too many attempts of late. */
  retryAfterMs?: number;
}

export async function sendSecurity(
  call: PersonCall,
  status: number,
  { done, unsent, retryAfterMs }: SecurityState,
): Promise<FastifyReply> {
  const { t } = call.language;
  const pending = await call.context.rows.emailCodes.pendingAddress(call.account.id, 'change_email');
  const isElsewhere = await isDirectorys(call.context, call.account);
  return sendPortalPage(call, status, {
    navItem: 'security',
    title: t('account.frame.nav.security'),
    lead: t('account.security.lead'),
    notice: done && doneText(done, t),
    main: html`${retryAfterMs === undefined ? nothing : tellToWait(call, retryAfterMs)}
${unsent ? warning(t(`account.security.unsent.${unsent}`)) : await unsentNote(call)}
${isShared(call.account) ? testPersonNote(call) : nothing}
${emailCard(call, { pending, isElsewhere, mail: await mailForPages(call.context, call.account) })}
${isElsewhere ? passwordElsewhereCard(call) : passwordCard(call)}
${await passkeysCard(call)}
${await secondFactorCard(call)}
${await identitiesCard(call)}`,
  });
}

function doneText(done: (typeof SECURITY_DONE)[number], t: Language['t']): string {
  return done === 'second_factor_removed' ? t('account.secondFactor.remove.done') : t(`account.security.done.${done}`);
}

function testPersonNote({ language: { t } }: PersonCall): unknown {
  return html`<div class="warning">${alertIcon}<p>${t('account.frame.testPerson.shared')}</p></div>`;
}

interface AboutEmail {
  /** An address that waits for its link to be used. */
  pending: string | undefined;
  /** It is changed in the operator's directory. */
  isElsewhere: boolean;
  mail: ShownMail | undefined;
}

function emailCard(call: PersonCall, { pending, isElsewhere, mail }: AboutEmail): unknown {
  const { account, language } = call;
  const { t } = language;
  const isUnconfirmed = account.email !== undefined && !account.emailVerified;
  const hint = html`<p class="small muted">${t('account.security.email.unconfirmedHint')}</p>`;
  const isMailed = call.context.realm === 'production' && (isUnconfirmed || pending !== undefined);
  return html`<section class="card"><header><h2>${t('account.security.email.heading')}</h2></header>
<p>${emailAddress(call)}</p>
${isUnconfirmed && !isShared(account) ? hint : nothing}
${isMailed ? keptMailNote(call.context.config, language) : nothing}
${mail && (isUnconfirmed || pending !== undefined) ? sandboxMailNote(mail, language) : nothing}
${isShared(account) ? nothing : emailActions(call, { isUnconfirmed, pending, isElsewhere })}</section>`;
}

function emailAddress({ account, language: { t } }: PersonCall): unknown {
  if (account.email === undefined) return html`<span class="muted">${t('account.security.email.none')}</span>`;
  const state = account.emailVerified
    ? html`<span class="tag">${t('account.security.email.confirmed')}</span>`
    : html`<span class="tag warn">${t('account.security.email.unconfirmed')}</span>`;
  return html`${isolateLeftToRight(account.email)} ${state}`;
}

function emailActions(
  call: PersonCall,
  { isUnconfirmed, pending, isElsewhere }: Pick<AboutEmail, 'pending' | 'isElsewhere'> & { isUnconfirmed: boolean },
): unknown {
  const { base, csrf, language } = call;
  const { t } = language;
  const sendAgain = html`<button class="button secondary">${t('account.security.email.sendAgain')}</button>`;
  const change = html`<a class="button secondary" href="${base}/security/email">${t('account.security.email.change')}</a>`;
  const confirmation = formFrame({ action: `${base}/security/confirmation`, csrf }, sendAgain);
  const buttons = html`<div class="buttons">${isUnconfirmed ? confirmation : nothing}
${isElsewhere ? nothing : change}</div>`;
  return html`${pending === undefined ? nothing : pendingChange(call, pending)}
${isElsewhere && !isUnconfirmed ? nothing : buttons}`;
}

/** An address that waits for its link to be used. */
function pendingChange({ base, csrf, language: { t } }: PersonCall, address: string): unknown {
  const text = t.rich('account.security.email.pending', { email: isolateLeftToRight(address) });
  const cancel = html`<button class="link">${t('account.security.email.cancelPending')}</button>`;
  return html`<div class="warning">${alertIcon}<div><p>${text}</p>
${formFrame({ action: `${base}/security/email/cancel`, csrf }, cancel)}</div></div>`;
}

function passwordElsewhereCard({ context, language }: PersonCall): unknown {
  return html`<section class="card"><header><h2>${language.t('account.security.password.heading')}</h2></header>
${passwordElsewhere(context.config, language)}</section>`;
}

function passwordCard({ account, base, language: { t } }: PersonCall): unknown {
  const has = account.passwordHash !== undefined;
  const change = t(has ? 'account.security.password.change' : 'account.security.password.set');
  const button = html`<a class="button secondary" href="${base}/security/password">${change}</a>`;
  return html`<section class="card"><header><h2>${t('account.security.password.heading')}</h2>
<p class="small muted">${t(has ? 'account.security.password.has' : 'account.security.password.hasNot')}</p></header>
${isShared(account) ? nothing : html`<div class="buttons">${button}</div>`}</section>`;
}

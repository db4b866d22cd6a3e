import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { type SecondFactor, secondFactorOf } from '#domain/second-factor/second-factor.ts';
import { offersAuthenticator } from '#domain/second-factor/set-up.ts';
import { day } from '#pages/time.ts';
import type { PersonCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';
import { secondFactorPath } from './paths.ts';

/** The card about the authenticator app; nothing where none can be set up, because the platform has no key for its secret. */
export async function secondFactorCard(call: PersonCall): Promise<unknown> {
  const { account, context, language } = call;
  const { t } = language;
  const present = await secondFactorOf(context, account);
  if (!present && !offersAuthenticator(context)) return nothing;
  return html`<section class="card" aria-labelledby="second-factor"><header>
<h2 id="second-factor">${t('shared.secondFactor.title')}</h2>
<p class="small muted">${t('account.secondFactor.lead')}</p></header>
${present ? facts(call, present) : html`<p class="muted">${t('account.secondFactor.off')}</p>`}
${isShared(account) ? nothing : actions(call, present)}</section>`;
}

function facts({ language }: PersonCall, { since, recoveryCodesLeft: count }: SecondFactor): unknown {
  const { t } = language;
  const left = t('account.secondFactor.left', { count });
  const codes =
    count > 0 ? html`<span class="small muted">${left}</span>` : html`<span class="tag warn">${left}</span>`;
  return html`<p>${t.rich('account.secondFactor.since', { date: day(since, language) })}<br>${codes}</p>`;
}

function actions(call: PersonCall, present: SecondFactor | undefined): unknown {
  const { t } = call.language;
  const path = secondFactorPath(call);
  const link = (step: string, label: string) => html`<a class="button secondary" href="${path}/${step}">${label}</a>`;
  const setUp = t(present ? 'account.secondFactor.another' : 'account.secondFactor.setUp');
  return html`<div class="buttons">${offersAuthenticator(call.context) ? link('new', setUp) : nothing}
${present ? link('codes', t('account.secondFactor.newCodes')) : nothing}
${present ? link('remove', t('account.secondFactor.turnOff')) : nothing}</div>`;
}

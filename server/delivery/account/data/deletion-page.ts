import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { graceOf } from '#domain/accounts/deletion.ts';
import { checkboxField, formFrame } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import { day } from '#pages/time.ts';
import { linkUri } from '#pages/uris.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';

/** What stands in the way, and what is left behind. */
interface Consequences {
  /** Apps that nobody else owns: while there are any, the account cannot go. */
  apps: readonly { id: string; name: string }[];
  shops: readonly ConnectedShop[];
}

/** The first of two questions: what will happen, what the shops keep, and what stands in the way. */
export function sendDeletion(call: PersonCall, status: number, { apps, shops }: Consequences): Promise<FastifyReply> {
  const { base, language } = call;
  const { t } = language;
  return sendPortalPage(call, status, {
    navItem: 'data',
    title: t('account.data.deletion.question'),
    back: { href: `${base}/data`, label: t('account.frame.nav.data') },
    main: html`${apps.length > 0 ? soleOwner(call, apps) : nothing}
${whatHappens(call)}
<section class="card" aria-labelledby="stays">
<header><h2 id="stays">${t('account.data.deletion.stays')}</h2><p>${t('account.data.deletion.shopsKeep')}</p></header>
${shops.length > 0 ? html`<ul class="rows">${shops.map((shop) => shopRow(call, shop))}</ul>` : nothing}
<p class="small muted">${t('account.data.deletion.auditLog')}</p></section>
${apps.length > 0 ? nothing : goOn(call)}`,
  });
}

function whatHappens({ account, context, language }: PersonCall): unknown {
  const { t } = language;
  const platform = isolate(context.config.platformName);
  return html`<section class="card" aria-labelledby="happens">
<h2 id="happens">${t('account.data.deletion.happens')}</h2><ul class="points">
<li>${t('account.data.deletion.points.disconnected')}</li>
<li>${t('account.data.deletion.points.signedOut')}</li>
<li>${t('account.data.deletion.points.grace', { days: language.duration(graceOf(account).days, 'day') })}</li>
<li>${t.rich('account.data.deletion.points.gone', { platform })}</li></ul></section>`;
}

function goOn({ base, language: { t } }: PersonCall): unknown {
  return html`<div class="buttons">
<a class="button danger" href="${base}/data/deletion/confirm">${t('account.data.deletion.continue')}</a>
<a class="button secondary" href="${base}/data">${t('account.frame.cancel')}</a></div>`;
}

function soleOwner({ base, language: { t } }: PersonCall, apps: Consequences['apps']): unknown {
  const app = ({ id, name }: Consequences['apps'][number]) =>
    html`<li><a href="${base}/apps/${id}">${isolate(name)}</a></li>`;
  return html`<div class="warning" role="alert">${alertIcon}<div><p>${t('account.data.deletion.soleOwner')}</p>
<ul class="points">${apps.map(app)}</ul></div></div>`;
}

function shopRow({ language: { t } }: PersonCall, shop: ConnectedShop): unknown {
  const policy = linkUri(shop.privacyPolicyUri);
  const whose = html`<span class="hidden"> &ndash; ${isolate(shop.name)} ${t('shared.common.opensNewWindow')}</span>`;
  const link = html`<a class="small" href=${policy} target="_blank"
 rel="noopener noreferrer">${t('shared.common.privacyPolicy')}${whose}</a>`;
  return html`<li class="row"><b class="grow">${isolate(shop.name)}</b>${policy ? link : nothing}</li>`;
}

/** The second question, of somebody who has just proven who they are. */
export function sendConfirmDeletion(
  call: PersonCall,
  status: number,
  { error }: { error?: 'not_understood' },
): Promise<FastifyReply> {
  const { base, csrf, language, account } = call;
  const { t } = language;
  const date = day(graceOf(account).dueAt, language);
  const signedInAs = t('shared.common.signedInAs');
  const who = html`<p><span class="muted">${signedInAs}</span> <b>${isolate(account.email ?? '')}</b></p>`;
  const understood = checkboxField({
    name: 'understood',
    label: t.rich('account.data.deletion.understood', { date }),
    required: true,
    error: error && t('account.data.deletion.notUnderstood'),
  });
  return sendPortalPage(call, status, {
    navItem: 'data',
    ...statement({
      kind: 'danger',
      title: t('account.data.deletion.confirmTitle'),
      ...(account.email !== undefined && { details: who }),
      next: formFrame(
        { action: `${base}/data/deletion`, csrf, layout: 'stack' },
        html`<div>${understood}</div>
${formButtons({ submit: t('account.data.deletion.submit'), isDanger: true, cancel: `${base}/data` }, language)}`,
      ),
    }),
    back: { href: `${base}/data/deletion`, label: t('account.data.deletion.question') },
  });
}

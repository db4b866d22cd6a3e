import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { DELETION_GRACE_DAYS, formatDueDate } from '#domain/accounts/deletion.ts';
import { csrfInput } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { fill, isolate } from '#pages/text.ts';
import { linkUri } from '#pages/uris.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';
import { dataStrings } from './strings.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What stands in the way, and what is left behind. */
interface Consequences {
  /** Apps that nobody else owns: while there are any, the account cannot go. */
  apps: readonly { id: string; name: string }[];
  shops: readonly ConnectedShop[];
}

/** The first of two questions: what will happen, what the shops keep, and what stands in the way. */
export function sendDeletion(call: PersonCall, status: number, { apps, shops }: Consequences): Promise<FastifyReply> {
  const { base, language, context } = call;
  const { deletion } = dataStrings(language);
  const values = { platform: isolate(context.config.platformName), days: formatDays(language.tag) };
  return sendPortalPage(call, status, {
    section: 'data',
    title: deletion.question,
    back: { href: `${base}/data`, label: portalStrings(language).nav.data },
    main: html`${apps.length > 0 ? soleOwner(call, apps) : nothing}
<section class="card" aria-labelledby="happens"><h2 id="happens">${deletion.happens}</h2><ul class="points">
<li>${deletion.points.disconnected}</li><li>${deletion.points.signedOut}</li><li>${fill(deletion.points.grace, values)}</li><li>${fill(deletion.points.gone, values)}</li></ul></section>
<section class="card" aria-labelledby="stays"><header><h2 id="stays">${deletion.stays}</h2><p>${deletion.shopsKeep}</p></header>
${shops.length > 0 ? html`<ul class="rows">${shops.map((shop) => shopRow(call, shop))}</ul>` : nothing}
<p class="small muted">${deletion.auditLog}</p></section>
${
  apps.length > 0
    ? nothing
    : html`<div class="buttons"><a class="button danger" href="${base}/data/deletion/confirm">${deletion.continue}</a><a class="button secondary" href="${base}/data">${portalStrings(language).cancel}</a></div>`
}`,
  });
}

function soleOwner({ base, language }: PersonCall, apps: Consequences['apps']): unknown {
  const { deletion } = dataStrings(language);
  return html`<div class="warning" role="alert">${alertIcon}<div><p>${deletion.soleOwner}</p><ul class="points">${apps.map(
    ({ id, name }) => html`<li><a href="${base}/apps/${id}">${isolate(name)}</a></li>`,
  )}</ul></div></div>`;
}

function shopRow({ language }: PersonCall, shop: ConnectedShop): unknown {
  const { strings } = language;
  const policy = linkUri(shop.privacyPolicyUri);
  return html`<li class="row"><b class="grow">${isolate(shop.name)}</b>${
    policy
      ? html`<a class="small" href=${policy} target="_blank" rel="noopener noreferrer">${strings.consent.privacyPolicy}<span class="hidden"> – ${shop.name} ${strings.common.opensNewWindow}</span></a>`
      : nothing
  }</li>`;
}

/** The second question, of somebody who has just proven who they are. */
export function sendConfirmDeletion(
  call: PersonCall,
  status: number,
  { error }: { error?: 'not_understood' },
): Promise<FastifyReply> {
  const { base, language, account } = call;
  const { deletion } = dataStrings(language);
  const dueAt = new Date(Date.now() + DELETION_GRACE_DAYS * DAY_MS);
  const date = formatDueDate(dueAt, language.tag);
  return sendPortalPage(call, status, {
    section: 'data',
    title: deletion.confirmTitle,
    back: { href: `${base}/data/deletion`, label: deletion.title },
    main: html`<form class="card" method="post" action="${base}/data/deletion">${csrfInput(call)}
${account.email === undefined ? nothing : html`<p><span class="muted">${language.strings.consent.signedInAs}</span> <b>${isolate(account.email)}</b></p>`}
<div><label class="choice"><input type="checkbox" name="understood" value="yes" required aria-invalid=${error ? 'true' : nothing} aria-describedby=${error ? 'understood-error' : nothing}><span>${fill(deletion.understood, { date })}</span></label>
${error ? html`<p class="error" id="understood-error">${deletion.notUnderstood}</p>` : nothing}</div>
<div class="buttons"><button class="button danger">${deletion.submit}</button><a class="button secondary" href="${base}/data">${portalStrings(language).cancel}</a></div></form>`,
  });
}

/** E.g. "14 days". */
function formatDays(language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(
    DELETION_GRACE_DAYS,
  );
}

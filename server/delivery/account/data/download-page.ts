import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { csrfInput } from '#pages/forms.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { dataStrings } from './strings.ts';

/** What the file holds, and the button that makes it. */
export async function sendDownload(call: PersonCall): Promise<FastifyReply> {
  const { base } = call;
  const strings = dataStrings(call.language);
  const { download } = strings;
  return sendPortalPage(call, 200, {
    section: 'data',
    title: download.title,
    back: { href: `${base}/data`, label: portalStrings(call.language).nav.data },
    main: html`<form class="card" method="post" action="${base}/data/download" data-download>${csrfInput(call)}
<p>${download.contains}</p><ul class="points">${Object.values(download.parts).map((part) => html`<li>${part}</li>`)}</ul>
<p class="small muted">${download.withoutSecrets}</p>
<div class="buttons"><button class="button primary">${download.submit}</button></div></form>`,
  });
}

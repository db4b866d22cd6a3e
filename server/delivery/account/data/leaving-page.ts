import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { formatDueDate } from '#domain/accounts/deletion.ts';
import { csrfInput } from '#pages/forms.ts';
import { fill } from '#pages/text.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { dataStrings } from './strings.ts';

/** All that is left of the portal for somebody who has asked to be forgotten: the way to think better of it. */
export function sendLeaving(call: PersonCall, dueAt: Date): Promise<FastifyReply> {
  const { base, language } = call;
  const { leaving } = dataStrings(language);
  return sendPortalPage(call, 200, {
    title: leaving.title,
    width: 'narrow',
    main: html`<p>${fill(leaving.due, { date: html`<b><time datetime=${dueAt.toISOString().slice(0, 10)}>${formatDueDate(dueAt, language.tag)}</time></b>` })}</p>
<p class="muted">${leaving.until}</p>
<form method="post" action="${base}/data/deletion/keep">${csrfInput(call)}<button class="button primary">${leaving.keep}</button></form>
<p class="small muted">${leaving.shops}</p>`,
  });
}

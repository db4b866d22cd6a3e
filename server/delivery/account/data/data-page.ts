import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';

const querySchema = z.object({ done: z.enum(['kept']).optional().catch(undefined) });

/** What can be done with everything that is kept: take it along, or have it deleted. */
export async function sendData(call: PersonCall): Promise<FastifyReply> {
  const { t } = call.language;
  const { done } = querySchema.parse(call.query);
  return sendPortalPage(call, 200, {
    navItem: 'data',
    title: t('account.frame.nav.data'),
    lead: t('account.data.lead'),
    notice: done && t(`account.data.done.${done}`),
    main: html`${card(call, 'download', 'secondary')}
${card(call, 'deletion', 'danger')}`,
  });
}

function card({ base, language: { t } }: PersonCall, page: 'download' | 'deletion', kind: string): unknown {
  const title = t(`account.data.${page}.title`);
  return html`<section class="card" aria-labelledby=${page}>
<header><h2 id=${page}>${title}</h2><p class="muted">${t(`account.data.${page}.lead`)}</p></header>
<div class="buttons"><a class="button ${kind}" href="${base}/data/${page}">${title}</a></div></section>`;
}

import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { dataStrings } from './strings.ts';

const querySchema = z.object({ done: z.enum(['kept']).optional().catch(undefined) });

/** What can be done with everything that is kept: take it along, or have it deleted. */
export async function sendData(call: PersonCall): Promise<FastifyReply> {
  const { base } = call;
  const strings = dataStrings(call.language);
  const { done } = querySchema.parse(call.query);
  return sendPortalPage(call, 200, {
    section: 'data',
    title: portalStrings(call.language).nav.data,
    lead: strings.lead,
    notice: done && strings.done[done],
    main: html`<section class="card" aria-labelledby="download"><header><h2 id="download">${strings.download.title}</h2><p class="muted">${strings.download.lead}</p></header><div class="buttons"><a class="button secondary" href="${base}/data/download">${strings.download.title}</a></div></section>
<section class="card" aria-labelledby="deletion"><header><h2 id="deletion">${strings.deletion.title}</h2><p class="muted">${strings.deletion.lead}</p></header><div class="buttons"><a class="button danger" href="${base}/data/deletion">${strings.deletion.title}</a></div></section>`,
  });
}

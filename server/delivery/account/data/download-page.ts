import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { csrfInput } from '#pages/forms.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';

const PARTS = ['profile', 'signIn', 'shops', 'apps', 'log'] as const;

/** What the file holds, and the button that makes it. */
export async function sendDownload(call: PersonCall): Promise<FastifyReply> {
  const { base } = call;
  const { t } = call.language;
  return sendPortalPage(call, 200, {
    navItem: 'data',
    title: t('account.data.download.title'),
    back: { href: `${base}/data`, label: t('account.frame.nav.data') },
    main: html`<form class="card" method="post" action="${base}/data/download" data-download>${csrfInput(call)}
<p>${t('account.data.download.contains')}</p>
<ul class="points">${PARTS.map((part) => html`<li>${t(`account.data.download.parts.${part}`)}</li>`)}</ul>
<p class="small muted">${t('account.data.download.withoutSecrets')}</p>
<div class="buttons"><button class="button primary">${t('account.data.download.submit')}</button></div></form>`,
  });
}

import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { formFrame } from '#pages/forms.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { testPersonCard } from '#portal/test-person-card.ts';

/** All that the portal has for somebody who asked to be deleted: the date, and the button that keeps the account. */
export function sendLeaving(call: PersonCall, dueAt: Date): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const { t } = language;
  const date = html`<b><time datetime=${dueAt.toISOString().slice(0, 10)}>${language.longDate(dueAt)}</time></b>`;
  return sendPortalPage(call, 200, {
    title: t('account.data.leaving.title'),
    width: 'narrow',
    main: html`<p>${t.rich('account.data.leaving.due', { date })}</p>
<p class="muted">${t('account.data.leaving.until')}</p>
${formFrame(
  { action: `${base}/data/deletion/keep`, csrf },
  html`<button class="button primary">${t('account.data.leaving.keep')}</button>`,
)}
<p class="small muted">${t('account.data.leaving.shops')}</p>
${testPersonCard(call)}`,
  });
}

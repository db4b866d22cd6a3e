import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { formFrame } from '#pages/forms.ts';
import { day } from '#pages/time.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PersonCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { testPersonCard } from '#portal/test-person-card.ts';

/** All that the portal has for somebody who asked to be deleted: the date, and the button that keeps the account. */
export function sendLeaving(call: PersonCall, dueAt: Date): Promise<FastifyReply> {
  const { base, csrf, language } = call;
  const { t } = language;
  const date = html`<b>${day(dueAt, language)}</b>`;
  const page = statement({
    kind: 'question',
    title: t('account.data.leaving.title'),
    text: t.rich('account.data.leaving.due', { date }),
    details: html`<p class="muted">${t('account.data.leaving.until')}</p>`,
    next: formFrame(
      { action: `${base}/data/deletion/keep`, csrf },
      html`<button class="button primary">${t('account.data.leaving.keep')}</button>`,
    ),
    note: t('account.data.leaving.shops'),
  });
  return sendPortalPage(call, 200, { ...page, main: html`${page.main}${testPersonCard(call)}`, width: 'narrow' });
}

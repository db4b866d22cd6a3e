import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { inlineScript } from '#pages/inline.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { closeFedcm } from './scripts/close-fedcm.ts';

const closeScript = inlineScript(closeFedcm);

/** The login page of FedCM (server/delivery/fedcm/paths.ts): the guard lets people sign in on the way to it. */
export const fedcmRoutes = [forPerson('GET', '/fedcm', getFedcm, { realms: ['production'] })];

async function getFedcm(call: PersonCall): Promise<FastifyReply> {
  const { t } = call.language;
  return sendPortalPage(call, 200, {
    ...statement({
      kind: 'done',
      title: t('account.fedcm.title'),
      text: t('account.fedcm.done'),
      next: html`<p><a class="button secondary" href=${call.base}>${t('account.frame.errorPage.toStart')}</a></p>`,
    }),
    width: 'narrow',
    scripts: [closeScript()],
  });
}

import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { sendPortalPage } from '#portal/layout.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { testPersonCard } from '#portal/test-person-card.ts';
import { openItems } from './open-items.ts';
import { developerRows, personRows } from './state-rows.ts';

export const homeRoutes = [forPerson('GET', '/', getHome)];

/**
 * What is left to do, and how everything stands. What a developer does stands apart from what a person comes for, so that each finds their
 * own at a glance.
 */
async function getHome(call: PersonCall): Promise<FastifyReply> {
  const { account, context, language } = call;
  const { t } = language;
  const name = account.givenName ?? account.familyName;
  const isDeveloper = context.realm === 'production';
  const apps = isDeveloper ? await context.storage.apps.listFor(account.id) : [];
  const card = (id: string, heading: string, rows: unknown) =>
    html`<section class="card ways" aria-labelledby=${id}>
<h2 id=${id}>${heading}</h2><div class="rows">${rows}</div></section>`;
  return sendPortalPage(call, 200, {
    navItem: 'home',
    title: name ? t('account.home.title', { name: language.isolate(name) }) : t('account.home.titleNameless'),
    lead: t('account.home.lead'),
    main: html`${testPersonCard(call)}
${await openItems(call, apps)}
${card('person', t('account.frame.account'), await personRows(call))}
${isDeveloper ? card('developer', t('account.frame.forDevelopers'), developerRows(call, apps)) : nothing}`,
  });
}

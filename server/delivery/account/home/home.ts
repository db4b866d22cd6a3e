import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { chevronIcon } from '#pages/icons.ts';
import { confirmAddressCard } from '#portal/confirm-address-card.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { NavItem } from '#portal/navigation.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';

/** What a person comes for. It stands apart from what a developer does, so that each finds their own at a glance. */
const PERSONAL = ['profile', 'security', 'sessions', 'shops', 'data'] as const;

export const homeRoutes = [forPerson('GET', '/', getHome)];

/** The way to everything else. */
async function getHome(call: PersonCall): Promise<FastifyReply> {
  const { account, base, context, language } = call;
  const { t } = language;
  const name = account.givenName ?? account.familyName;
  const row = (item: Exclude<NavItem, 'home'> | 'docs', href = `${base}/${item}`) =>
    html`<a class="row" href=${href}><span class="grow"><b>${t(`account.frame.nav.${item}`)}</b><br>
<span class="small muted">${t(`account.home.${item}`)}</span></span>${chevronIcon}</a>`;
  const card = (id: string, heading: string, rows: unknown) =>
    html`<section class="card ways" aria-labelledby=${id}>
<h2 id=${id}>${heading}</h2><div class="rows">${rows}</div></section>`;
  const person = card(
    'person',
    t('account.frame.account'),
    PERSONAL.map((item) => row(item)),
  );
  const developer = () => card('developer', t('account.frame.forDevelopers'), [row('apps'), row('docs', '/docs')]);
  return sendPortalPage(call, 200, {
    navItem: 'home',
    title: name ? t('account.home.title', { name: language.isolate(name) }) : t('account.home.titleNameless'),
    lead: t('account.home.lead'),
    main: html`${await confirmAddressCard(call)}
${person}
${context.realm === 'production' ? developer() : nothing}`,
  });
}

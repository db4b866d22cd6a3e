import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { chevronIcon } from '#pages/icons.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { Section } from '#portal/navigation.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { homeStrings } from './strings.ts';

/** What a person comes for; apart from it stands what a developer does, so that each finds their own at a glance. */
const PERSONAL = ['profile', 'security', 'sessions', 'shops', 'data'] as const;

export const homeRoutes = [forPerson('GET', '/', getHome)];

/** The way to everything else. */
async function getHome(call: PersonCall): Promise<FastifyReply> {
  const { account, base, context } = call;
  const strings = homeStrings(call.language);
  const { nav, account: yourAccount, forDevelopers } = portalStrings(call.language);
  const name = account.givenName ?? account.familyName;
  const row = (section: Exclude<Section, 'home'> | 'docs', href = `${base}/${section}`) =>
    html`<a class="row" href=${href}><span class="grow"><b>${nav[section]}</b><br><span class="small muted">${strings[section]}</span></span>${chevronIcon}</a>`;
  const card = (id: string, heading: string, rows: unknown) =>
    html`<section class="card ways" aria-labelledby=${id}><h2 id=${id}>${heading}</h2><div class="rows">${rows}</div></section>`;
  return sendPortalPage(call, 200, {
    section: 'home',
    title: name ? textOf(strings.title, name) : strings.titleNameless,
    lead: strings.lead,
    main: html`${card(
      'person',
      yourAccount,
      PERSONAL.map((section) => row(section)),
    )}
${context.realm === 'production' ? card('developer', forDevelopers, [row('apps'), row('docs', '/docs/api')]) : nothing}`,
  });
}

function textOf(template: string, name: string): string {
  return template.replace('{name}', name);
}

import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { chevronIcon } from '../../pages/icons.ts';
import { sendPortalPage } from '../layout.ts';
import type { Section } from '../navigation.ts';
import { forPerson, type PersonCall } from '../route.ts';
import { portalStrings } from '../strings.ts';
import { homeStrings } from './strings.ts';

export const homeRoutes = [forPerson('GET', '/', getHome)];

/** The way to everything else. */
async function getHome(call: PersonCall): Promise<FastifyReply> {
  const { account, base, context } = call;
  const strings = homeStrings(call.language);
  const { nav } = portalStrings(call.language);
  const name = account.givenName ?? account.familyName;
  const row = (section: Exclude<Section, 'home'>) =>
    html`<a class="row" href="${base}/${section}"><span class="grow"><b>${nav[section]}</b><br><span class="small muted">${strings[section]}</span></span>${chevronIcon}</a>`;
  return sendPortalPage(call, 200, {
    section: 'home',
    title: name ? textOf(strings.title, name) : strings.titleNameless,
    lead: strings.lead,
    main: html`<div class="rows">${(['profile', 'security', 'sessions', 'shops', 'data'] as const).map(row)}${context.realm === 'production' ? row('apps') : ''}</div>`,
  });
}

function textOf(template: string, name: string): string {
  return template.replace('{name}', name);
}

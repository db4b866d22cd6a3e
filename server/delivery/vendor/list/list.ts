import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { chevronIcon } from '#pages/icons.ts';
import { fill, initials, isolate } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { MemberApp } from '#storage/apps.ts';
import { appsStrings } from '../strings.ts';

export const listRoutes = [forPerson('GET', '/apps', getApps, { realms: ['production'] })];

const querySchema = z.object({ done: z.literal('deleted').optional().catch(undefined) });

/** The apps that the person is a member of. Of others nothing is told, not even that they are there. */
async function getApps(call: PersonCall): Promise<FastifyReply> {
  const { language, base, account, context } = call;
  const strings = appsStrings(language);
  const { done } = querySchema.parse(call.query ?? {});
  const apps = await context.storage.apps.listFor(account.id);
  const create = html`<p class="buttons"><a class="button primary" href="${base}/apps/new">${strings.list.create}</a></p>`;
  return sendPortalPage(call, 200, {
    section: 'apps',
    title: portalStrings(language).nav.apps,
    lead: strings.list.lead,
    notice: done && strings.settings.deleted,
    images: apps.flatMap(({ logoUri }) => imageSource(logoUri) ?? []),
    main:
      apps.length === 0
        ? html`<div class="empty stack">${emptyState(call)}<p><a class="button primary" href="${base}/apps/new">${strings.list.create}</a></p></div>`
        : html`<div class="rows">${apps.map((app) => appRow(call, app))}</div>${create}`,
  });
}

function emptyState({ language, context }: PersonCall): unknown {
  const { what, first, later } = appsStrings(language).list.empty;
  return html`<div><p>${fill(what, { platform: isolate(context.config.platformName) })}</p><p>${first}</p><p>${later}</p></div>`;
}

function appRow({ language, base }: PersonCall, app: MemberApp): unknown {
  const { roles } = appsStrings(language);
  const { environments, disabled } = portalStrings(language).app;
  const logo = imageSource(app.logoUri);
  return html`<a class="row" href="${base}/apps/${app.id}"><span class="tile" aria-hidden="true">${initials(app.name, language.tag)}${
    logo ? html`<img src=${logo.src} alt="" width="44" height="44" referrerpolicy="no-referrer">` : ''
  }</span><span class="grow"><b>${isolate(app.name)}</b><br><span class="small muted">${roles[app.role]}</span></span><span class="tags">${
    app.disabled ? html`<span class="tag warn">${disabled}</span>` : ''
  }${app.environments.map((environment) => html`<span class="tag">${environments[environment]}</span>`)}</span>${chevronIcon}</a>`;
}

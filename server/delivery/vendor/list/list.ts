import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { chevronIcon } from '#pages/icons.ts';
import { isolate } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import { confirmAddressCard } from '#portal/confirm-address-card.ts';
import { sendPortalPage } from '#portal/layout.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import type { MemberApp } from '#storage/apps.ts';
import { appTile } from '../app-tile.ts';
import { environmentBadge } from '../environment-badge.ts';
import { linkButton } from '../form-buttons.ts';

export const listRoutes = [forPerson('GET', '/apps', getApps, { realms: ['production'] })];

const querySchema = z.object({ done: z.literal('deleted').optional().catch(undefined) });

/** The apps that the person is a member of. Nothing tells that there are others. */
async function getApps(call: PersonCall): Promise<FastifyReply> {
  const { language, base, account, context } = call;
  const { t } = language;
  const { done } = querySchema.parse(call.query ?? {});
  const apps = await context.storage.apps.listFor(account.id);
  const create = linkButton(`${base}/apps/new`, t('vendor.list.create'), 'primary');
  return sendPortalPage(call, 200, {
    navItem: 'apps',
    title: t('account.frame.nav.apps'),
    lead: t('vendor.list.lead'),
    notice: done && t('vendor.settings.deleted'),
    images: apps.flatMap(({ logoUri }) => imageSource(logoUri) ?? []),
    main: html`${await confirmAddressCard(call)}
${
  apps.length === 0
    ? html`<div class="empty stack">${emptyState(call)}<p>${create}</p></div>`
    : html`<div class="rows">${apps.map((app) => appRow(call, app))}</div><p class="buttons">${create}</p>`
}`,
  });
}

function emptyState({ language: { t }, context }: PersonCall): unknown {
  const what = t.rich('vendor.list.empty.what', { platform: isolate(context.config.platformName) });
  return html`<div><p>${what}</p><p>${t('vendor.list.empty.first')}</p><p>${t('vendor.list.empty.later')}</p></div>`;
}

function appRow({ language, base }: PersonCall, app: MemberApp): unknown {
  const { t } = language;
  const role = html`<span class="small muted">${t(`vendor.roles.${app.role}`)}</span>`;
  const state = app.suspendedBecause === undefined ? app.disabled && 'disabled' : 'suspended';
  const tag = state ? html`<span class="tag warn">${t(`vendor.app.${state}`)}</span>` : '';
  const environments = app.environments.map((environment) => environmentBadge(language, environment));
  return html`<a class="row" href="${base}/apps/${app.id}">${appTile(language, app)}<span
 class="grow"><b>${isolate(app.name)}</b><br>${role}</span><span
 class="tags">${tag}${environments}</span>${chevronIcon}</a>`;
}

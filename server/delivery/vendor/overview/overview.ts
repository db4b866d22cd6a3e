import { html } from '@lit-labs/ssr';
import { ENVIRONMENTS, type Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { isolateLeftToRight } from '#pages/text.ts';
import { slugOf } from '#portal/environment-slug.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { AppDetails, AppEnvironment } from '#storage/apps.ts';
import { appPath, sendAppPage } from '../app-layout.ts';
import { type CheckItem, checklist } from '../checklist.ts';
import { appsStrings } from '../strings.ts';

export const overviewRoutes = [forMember('GET', '/apps/:appId', 'read-only', getOverview)];

const querySchema = z.object({ done: z.enum(['enabled', 'disabled']).optional().catch(undefined) });

/** How far the app has come in each environment, and what it is. */
async function getOverview(call: MemberCall): Promise<FastifyReply> {
  const { apps } = call.context.storage;
  const { done } = querySchema.parse(call.query ?? {});
  const { settings } = appsStrings(call.language);
  const details = await apps.findDetails(call.app.id);
  if (!details) throw new PortalError('not_found');
  const existing = await apps.listEnvironments(call.app.id);
  const cards = await Promise.all(
    ENVIRONMENTS.map(async (environment) => {
      const found = existing.find((one) => one.environment === environment);
      return found
        ? environmentCard(call, found, details, await apps.hasIssued(found.clientId))
        : missingCard(call, environment);
    }),
  );
  return sendAppPage(call, 200, 'overview', {
    title: portalStrings(call.language).app.tabs.overview,
    notice: done && settings[done],
    main: html`${cards}${factsCard(call, details)}`,
  });
}

function environmentCard(
  call: MemberCall,
  environment: AppEnvironment,
  details: AppDetails,
  hasIssued: boolean,
): unknown {
  const { overview, add } = appsStrings(call.language);
  const { environments, environmentTabs } = portalStrings(call.language).app;
  const path = `${appPath(call)}/${slugOf(environment.environment)}`;
  const items: CheckItem[] = [
    {
      text: overview.origin,
      done: environment.origins.length > 0,
      way: { href: path, label: environmentTabs.setup },
    },
    ...(environment.environment === 'production'
      ? [
          {
            text: overview.privacyPolicy,
            done: details.privacyPolicyUri !== undefined,
            way: { href: `${appPath(call)}/settings`, label: add.privacyPolicyLink },
          },
        ]
      : []),
    { text: overview.issued, done: hasIssued, way: { href: `${path}/code`, label: environmentTabs.code } },
  ];
  return html`<section class="card"><header><h2><a href=${path}>${environments[environment.environment]}</a></h2><p class="small muted">${overview.people[environment.environment]}</p></header>${checklist(call.language, items)}</section>`;
}

function missingCard(call: MemberCall, environment: Environment): unknown {
  const { overview } = appsStrings(call.language);
  const { environments } = portalStrings(call.language).app;
  return html`<section class="card faint"><div class="row"><div class="grow"><h2>${environments[environment]}</h2><p class="small muted">${overview.people[environment]}</p></div>${
    call.role === 'owner'
      ? html`<a class="button secondary" href="${appPath(call)}/add?environment=${slugOf(environment)}">${overview.add[environment]}</a>`
      : html`<span class="tag">${overview.notYet}</span>`
  }</div></section>`;
}

function factsCard(call: MemberCall, details: AppDetails): unknown {
  const { overview, roles, settings } = appsStrings(call.language);
  const { tag, t, list } = call.language;
  const asked = list(details.fields.map(({ field }) => t(`shared.fields.${field}`)));
  const facts: [string, unknown][] = [
    [overview.appId, html`<code>${isolateLeftToRight(details.id)}</code>`],
    [overview.yourRole, roles[call.role]],
    [overview.created, new Intl.DateTimeFormat(tag, { dateStyle: 'long' }).format(details.createdAt)],
    [overview.asksFor, asked || overview.nothing],
    ...(details.homePageUri ? [[settings.homePageUri, webPage(details.homePageUri)] as [string, unknown]] : []),
    ...(details.privacyPolicyUri
      ? [[settings.privacyPolicyUri, webPage(details.privacyPolicyUri)] as [string, unknown]]
      : []),
    ...(details.termsUri ? [[settings.termsUri, webPage(details.termsUri)] as [string, unknown]] : []),
  ];
  return html`<section class="card"><h2>${overview.facts}</h2><dl class="facts">${facts.map(
    ([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`,
  )}</dl></section>`;
}

/** Plain text: whoever looks need not visit it. */
function webPage(uri: string): unknown {
  return html`<span class="small">${isolateLeftToRight(uri)}</span>`;
}

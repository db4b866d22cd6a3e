import { html } from '@lit-labs/ssr';
import { ENVIRONMENTS, type Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { isHeld } from '#domain/apps/review.ts';
import { PAGES } from '#domain/apps/settings.ts';
import { fieldName } from '#pages/field-name.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { day } from '#pages/time.ts';
import { slugOf } from '#portal/environment-slug.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import type { AppDetails } from '#storage/apps.ts';
import { appPath, sendAppPage } from '../app-layout.ts';
import { cardHeader } from '../card-header.ts';
import { type CheckItem, checklist } from '../checklist.ts';
import { environmentBadge } from '../environment-badge.ts';
import { firstList } from '../first-address.ts';
import { linkButton } from '../form-buttons.ts';
import { reviewCards } from '../review/review-cards.ts';

export const overviewRoutes = [forMember('GET', '/apps/:appId', 'read-only', getOverview)];

const DONE = {
  enabled: 'vendor.settings.enabled',
  disabled: 'vendor.settings.disabled',
  asked: 'vendor.review.asked',
} as const;
const querySchema = z.object({ done: z.enum(['enabled', 'disabled', 'asked']).optional().catch(undefined) });

/** What is set up in each environment and what is left to do, and facts about the app. */
async function getOverview(call: MemberCall): Promise<FastifyReply> {
  const { done } = querySchema.parse(call.query ?? {});
  return sendOverview(call, { status: 200, done });
}

interface OverviewState {
  status: number;
  done?: keyof typeof DONE | undefined;
  /** Until another review may be asked for. */
  waitMs?: number;
}

export async function sendOverview(call: MemberCall, { status, done, waitMs }: OverviewState): Promise<FastifyReply> {
  const { apps, appEnvironments } = call.context.storage;
  const { t } = call.language;
  const details = await apps.findDetails(call.app.id);
  if (!details) throw new PortalError('not_found');
  const existing = await appEnvironments.list(call.app.id);
  const cards = await Promise.all(
    ENVIRONMENTS.map(async (environment) => {
      const found = existing.find((one) => one.environment === environment);
      return found
        ? environmentCard(call, found, details, await appEnvironments.hasIssued(found.clientId))
        : missingCard(call, environment);
    }),
  );
  const production = existing.find(({ environment }) => environment === 'production');
  return sendAppPage(call, status, 'overview', {
    title: t('vendor.app.tabs.overview'),
    notice: done && t(DONE[done]),
    main: html`${waitMs === undefined ? '' : tellToWait(call, waitMs)}${reviewCards(call, details, production)}${cards}${factsCard(call, details)}`,
  });
}

function environmentCard(call: MemberCall, found: AppEnvironment, details: AppDetails, hasIssued: boolean): unknown {
  const { t } = call.language;
  const { environment, kind } = found;
  const list = firstList(kind);
  const path = `${appPath(call)}/${slugOf(environment)}`;
  const privacyPolicy: CheckItem = {
    text: t('vendor.overview.privacyPolicy'),
    done: details.privacyPolicyUri !== undefined,
    way: { href: `${appPath(call)}/settings`, label: t('vendor.add.privacyPolicyLink') },
  };
  const items: readonly CheckItem[] = [
    {
      text: t(kind === 'native' ? 'vendor.overview.redirectUri' : 'vendor.overview.origin'),
      done: found[list].length + found.waiting[list].length > 0,
      way: { href: path, label: t('vendor.overview.originLink') },
    },
    ...(environment === 'production' ? [privacyPolicy] : []),
    ...openInProduction(call, found, path),
    {
      text: t(kind === 'native' ? 'vendor.overview.issuedNative' : 'vendor.overview.issued'),
      done: hasIssued,
      way: { href: `${path}/code`, label: t('vendor.overview.issuedLink') },
    },
  ];
  const heading = html`<a href=${path}>${environmentBadge(call.language, environment)}</a>`;
  const header = cardHeader(heading, t(`vendor.overview.people.${environment}`));
  return html`<section class="card">${header}${checklist(call.language, items)}</section>`;
}

/** What keeps an environment from being used, besides what everybody has to do. */
function openInProduction({ language: { t } }: MemberCall, found: AppEnvironment, path: string): CheckItem[] {
  const isWaiting = Object.values(found.waiting).some(({ length }) => length > 0);
  const way = { href: `${path}#domains`, label: t('vendor.domains.itemLink') };
  return [
    ...(isWaiting ? [{ text: t('vendor.domains.title'), done: false, way }] : []),
    ...(isHeld(found) ? [{ text: t('vendor.review.item'), done: false }] : []),
  ];
}

function missingCard(call: MemberCall, environment: Environment): unknown {
  const { t } = call.language;
  const add = `${appPath(call)}/add?environment=${slugOf(environment)}`;
  return html`<section class="card faint"><div class="row"><div
 class="grow"><h2>${environmentBadge(call.language, environment)}</h2><p
 class="small muted">${t(`vendor.overview.people.${environment}`)}</p></div>${
   call.role === 'owner'
     ? linkButton(add, t(`vendor.overview.add.${environment}`))
     : html`<span class="tag">${t('vendor.overview.notYet')}</span>`
 }</div></section>`;
}

function factsCard(call: MemberCall, details: AppDetails): unknown {
  const { t, list } = call.language;
  const asked = list(details.fields.map(({ field }) => fieldName(field, call.language, call.context.fields)));
  const facts: readonly (readonly [term: string, value: unknown])[] = [
    [t('vendor.overview.appId'), html`<code>${isolateLeftToRight(details.id)}</code>`],
    [t('vendor.overview.yourRole'), t(`vendor.roles.${call.role}`)],
    [t('vendor.overview.created'), day(details.createdAt, call.language)],
    [t('vendor.overview.asksFor'), asked || t('vendor.overview.nothing')],
    ...PAGES.flatMap((page) => {
      const uri = details[page];
      return uri ? [[t(`vendor.settings.${page}`), webPage(uri)] as const] : [];
    }),
  ];
  return html`<section class="card"><h2>${t('vendor.overview.facts')}</h2><dl class="facts">${facts.map(
    ([term, value]) => html`<dt>${term}</dt><dd>${value}</dd>`,
  )}</dl></section>`;
}

/** Plain text and no link, so that nobody visits a page that a stranger wrote down. */
function webPage(uri: string): unknown {
  return html`<span class="small">${isolateLeftToRight(uri)}</span>`;
}

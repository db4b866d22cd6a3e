import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { inlineScript } from '../../pages/inline.ts';
import { slugOf } from '../../portal/environment-slug.ts';
import { type PortalPage, sendPortalPage } from '../../portal/layout.ts';
import type { EnvironmentCall, MemberCall } from '../../portal/route.ts';
import { type AppTab, appHead, appParts, type EnvironmentTab } from './app-head.ts';
import { environmentMark } from './environment-badge.ts';
import { showTab } from './scripts/show-tab.ts';

const showTabScript = inlineScript(showTab);

/** Path of an app's pages. */
export function appPath({ base, app }: Pick<MemberCall, 'base' | 'app'>): string {
  return `${base}/apps/${app.id}`;
}

/** Path of the pages of the environment that a call is about. */
export function environmentPath(call: Pick<EnvironmentCall, 'base' | 'app' | 'environment'>): string {
  return `${appPath(call)}/${slugOf(call.environment.environment)}`;
}

/** A page about an app: its name above, its parts as tabs; `page.title` names the part. */
export async function sendAppPage(
  call: MemberCall | EnvironmentCall,
  status: number,
  tab: AppTab | EnvironmentTab,
  page: PortalPage,
): Promise<FastifyReply> {
  return sendReadAppPage(call, await readEnvironments(call), status, tab, page);
}

/** The environments that an app has: its tabs. */
export async function readEnvironments({ context, app }: MemberCall): Promise<ReadonlySet<Environment>> {
  return new Set((await context.storage.appEnvironments.list(app.id)).map((one) => one.environment));
}

/** {@link sendAppPage} when the environments have been read already: this reads nothing, so it cannot fail. */
export function sendReadAppPage(
  call: MemberCall | EnvironmentCall,
  existing: ReadonlySet<Environment>,
  status: number,
  tab: AppTab | EnvironmentTab,
  page: PortalPage,
): Promise<FastifyReply> {
  const { language, app } = call;
  const { t } = language;
  const current = 'environment' in call ? call.environment?.environment : undefined;
  const name = current && t(`vendor.app.environments.${current}`);
  const place = { path: appPath(call), existing, current, tab };
  return sendPortalPage(call, status, {
    navItem: 'apps',
    navParts: { label: app.name, list: appParts(call, place) },
    width: 'wide',
    ...page,
    about: [...(name ? [name] : []), ...(page.title.includes(app.name) ? [] : [language.isolate(app.name)])],
    ...(current && { beside: environmentMark(language, current) }),
    back: page.back ?? { href: `${call.base}/apps`, label: t('vendor.app.all') },
    above: appHead(call, place),
    scripts: [showTabScript(), ...(page.scripts ?? [])],
  });
}

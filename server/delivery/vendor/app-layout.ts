import { html } from '@lit-labs/ssr';
import { ENVIRONMENTS, type Environment, realmOf } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { isolate } from '../../pages/text.ts';
import { slugOf } from '../../portal/environment-slug.ts';
import { type PortalPage, sendPortalPage } from '../../portal/layout.ts';
import type { EnvironmentCall, MemberCall } from '../../portal/route.ts';

export type AppTab = 'overview' | 'mail' | 'members' | 'settings';
export type EnvironmentTab = 'setup' | 'keys' | 'code' | 'events' | 'doctor';

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
  const { t } = call.language;
  const current = 'environment' in call && call.environment ? call.environment.environment : undefined;
  const path = appPath(call);
  const tabs = [
    { href: path, label: t('vendor.app.tabs.overview'), isCurrent: tab === 'overview' },
    ...ENVIRONMENTS.filter((environment) => existing.has(environment)).map((environment) => ({
      href: `${path}/${slugOf(environment)}`,
      label: t(`vendor.app.environments.${environment}`),
      isCurrent: environment === current,
    })),
    // Read-only members do not see mails, because these let people into test accounts. An app of production alone has none.
    ...(call.role !== 'read-only' && [...existing].some((environment) => realmOf(environment) === 'sandbox')
      ? [{ href: `${path}/mail`, label: t('vendor.app.tabs.mail'), isCurrent: tab === 'mail' }]
      : []),
    { href: `${path}/members`, label: t('vendor.app.tabs.members'), isCurrent: tab === 'members' },
    { href: `${path}/settings`, label: t('vendor.app.tabs.settings'), isCurrent: tab === 'settings' },
  ];
  const ofEnvironment = (['setup', 'keys', 'code', 'events', 'doctor'] as const).map((name) => ({
    href: current && `${path}/${slugOf(current)}${name === 'setup' ? '' : `/${name}`}`,
    label: t(`vendor.app.environmentTabs.${name}`),
    isCurrent: name === tab,
  }));
  const state = stateOf(call);
  const tag = state ? html`<span class="tag warn">${t(`vendor.app.${state}`)}</span>` : nothing;
  const environmentTabs = current ? tabList(ofEnvironment, t(`vendor.app.environments.${current}`)) : nothing;
  return sendPortalPage(call, status, {
    navItem: 'apps',
    width: 'wide',
    ...page,
    back: page.back ?? { href: `${call.base}/apps`, label: t('vendor.app.all') },
    above: html`<div class="app-name"><p>${isolate(call.app.name)}</p>${tag}</div>
${tabList(tabs, call.app.name)}${environmentTabs}`,
  });
}

/** What everybody who works on the app has to know on each of its pages. */
function stateOf(call: MemberCall | EnvironmentCall): 'suspended' | 'disabled' | 'pending' | 'declined' | undefined {
  if (call.app.suspendedBecause !== undefined) return 'suspended';
  if (call.app.disabled) return 'disabled';
  const standing = 'environment' in call ? call.environment?.standing : undefined;
  return standing === 'active' ? undefined : standing;
}

function tabList(
  tabs: readonly { href: string | undefined; label: string; isCurrent: boolean }[],
  label: string,
): unknown {
  return html`<nav class="tabs" aria-label=${label}><ul>${tabs.map(
    ({ href, label: name, isCurrent }) =>
      html`<li><a href=${href} aria-current=${isCurrent ? 'page' : nothing}>${name}</a></li>`,
  )}</ul></nav>`;
}

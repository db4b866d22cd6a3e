import { html } from '@lit-labs/ssr';
import { ENVIRONMENTS, type Environment, realmOf } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { chevronIcon } from '../../pages/icons.ts';
import { inlineScript } from '../../pages/inline.ts';
import { isolate } from '../../pages/text.ts';
import { slugOf } from '../../portal/environment-slug.ts';
import { type PortalPage, sendPortalPage } from '../../portal/layout.ts';
import type { EnvironmentCall, MemberCall } from '../../portal/route.ts';
import { environmentBadge, environmentMark } from './environment-badge.ts';
import { showTab } from './scripts/show-tab.ts';

const showTabScript = inlineScript(showTab);

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
  const { language, app } = call;
  const { t } = language;
  const current = environmentOf(call);
  const name = current && t(`vendor.app.environments.${current}`);
  return sendPortalPage(call, status, {
    navItem: 'apps',
    width: 'wide',
    ...page,
    about: [...(name ? [name] : []), ...(page.title.includes(app.name) ? [] : [language.isolate(app.name)])],
    ...(current && { beside: environmentMark(language, current) }),
    back: page.back ?? { href: `${call.base}/apps`, label: t('vendor.app.all') },
    above: head(call, current, appTabs(call, existing, tab), tab),
    scripts: [showTabScript(), ...(page.scripts ?? [])],
  });
}

const environmentOf = (call: MemberCall | EnvironmentCall) =>
  'environment' in call && call.environment ? call.environment.environment : undefined;

interface Tab {
  href: string;
  label: string;
  isCurrent: boolean;
}

function appTabs(
  call: MemberCall | EnvironmentCall,
  existing: ReadonlySet<Environment>,
  tab: AppTab | EnvironmentTab,
): Tab[] {
  const { t } = call.language;
  const current = environmentOf(call);
  const path = appPath(call);
  return [
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
}

function environmentTabs(call: MemberCall, current: Environment, tab: AppTab | EnvironmentTab): Tab[] {
  const path = `${appPath(call)}/${slugOf(current)}`;
  return (['setup', 'keys', 'code', 'events', 'doctor'] as const).map((name) => ({
    href: name === 'setup' ? path : `${path}/${name}`,
    label: call.language.t(`vendor.app.environmentTabs.${name}`),
    isCurrent: name === tab,
  }));
}

/**
 * The app's name and its tabs. Where there is room, the parts of the app are a row, and those of an environment a second one. On a phone there is one
 * row, which scrolls: of an environment it has the parts of that, and the name opens the parts of the app, as a picker.
 */
function head(
  call: MemberCall | EnvironmentCall,
  current: Environment | undefined,
  tabs: readonly Tab[],
  tab: AppTab | EnvironmentTab,
): unknown {
  const { language, app } = call;
  const name = html`<span class="app-name">${isolate(app.name)}</span>`;
  if (!current) return html`<div class="app-line">${name}${stateTag(call)}</div>${tabList(tabs, app.name)}`;
  const label = language.t(`vendor.app.environments.${current}`);
  const badge = environmentBadge(language, current);
  const picker = html`<details class="picker"><summary>${name}${badge}${chevronIcon}</summary>${tabList(tabs, app.name, 'parts')}</details>`;
  return html`<div class="app-line">${name}${stateTag(call)}</div>${picker}${tabList(tabs, app.name, 'tabs upper')}
${tabList(environmentTabs(call, current, tab), label)}`;
}

function stateTag(call: MemberCall | EnvironmentCall): unknown {
  const state = stateOf(call);
  return state ? html`<span class="tag warn">${call.language.t(`vendor.app.${state}`)}</span>` : nothing;
}

/** What everybody who works on the app has to know on each of its pages. */
function stateOf(call: MemberCall | EnvironmentCall): 'suspended' | 'disabled' | 'pending' | 'declined' | undefined {
  if (call.app.suspendedBecause !== undefined) return 'suspended';
  if (call.app.disabled) return 'disabled';
  const standing = 'environment' in call ? call.environment?.standing : undefined;
  return standing === 'active' ? undefined : standing;
}

function tabList(tabs: readonly Tab[], label: string, layout = 'tabs'): unknown {
  return html`<nav class=${layout} aria-label=${label}><ul>${tabs.map(
    ({ href, label: name, isCurrent }) =>
      html`<li><a href=${href} aria-current=${isCurrent ? 'page' : nothing}>${name}</a></li>`,
  )}</ul></nav>`;
}

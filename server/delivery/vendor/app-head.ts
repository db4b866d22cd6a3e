import { html } from '@lit-labs/ssr';
import { ENVIRONMENTS, type Environment, realmOf } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { chevronIcon } from '../../pages/icons.ts';
import { isolate } from '../../pages/text.ts';
import { slugOf } from '../../portal/environment-slug.ts';
import { type NavPart, partLink } from '../../portal/navigation.ts';
import type { EnvironmentCall, MemberCall } from '../../portal/route.ts';
import { environmentBadge } from './environment-badge.ts';

export type AppTab = 'overview' | 'mail' | 'members' | 'settings';
export type EnvironmentTab = 'setup' | 'keys' | 'code' | 'events' | 'doctor';

/** Where a page stands among those of its app. */
export interface Place {
  /** Path of the app's pages. */
  path: string;
  /** The environments that the app has. */
  existing: ReadonlySet<Environment>;
  /** The one that the page is about. */
  current: Environment | undefined;
  tab: AppTab | EnvironmentTab;
}

/**
 * The app's name and its tabs: two levels at most. Where there is room, the parts of the app are beside the page ({@link appParts}), and
 * those of an environment a row. Where there is less, both are rows. On a phone there is one row, which scrolls: of an environment it has
 * the parts of that, and the name opens the parts of the app, as a picker.
 */
export function appHead(call: MemberCall | EnvironmentCall, place: Place): unknown {
  const { language, app } = call;
  const { current } = place;
  const tabs = appParts(call, place);
  const name = html`<span class="app-name">${isolate(app.name)}</span>`;
  const line = html`<div class="app-line">${name}${stateTag(call)}</div>`;
  if (!current) return html`${line}${tabList(tabs, app.name, 'tabs own')}`;
  const label = language.t(`vendor.app.environments.${current}`);
  const summary = html`<summary>${name}${environmentBadge(language, current)}${chevronIcon}</summary>`;
  return html`${line}<details class="picker">${summary}${tabList(tabs, app.name, 'parts')}</details>
${tabList(tabs, app.name, 'tabs upper')}
${tabList(environmentTabs(call, place, current), label)}`;
}

/** The parts of an app. */
export function appParts({ role, language: { t } }: MemberCall, { path, existing, current, tab }: Place): NavPart[] {
  return [
    { href: path, label: t('vendor.app.tabs.overview'), isCurrent: tab === 'overview' },
    ...ENVIRONMENTS.filter((environment) => existing.has(environment)).map((environment) => ({
      href: `${path}/${slugOf(environment)}`,
      label: t(`vendor.app.environments.${environment}`),
      isCurrent: environment === current,
    })),
    // Read-only members do not see mails, because these let people into test accounts. An app of production alone has none.
    ...(role !== 'read-only' && [...existing].some((environment) => realmOf(environment) === 'sandbox')
      ? [{ href: `${path}/mail`, label: t('vendor.app.tabs.mail'), isCurrent: tab === 'mail' }]
      : []),
    { href: `${path}/members`, label: t('vendor.app.tabs.members'), isCurrent: tab === 'members' },
    { href: `${path}/settings`, label: t('vendor.app.tabs.settings'), isCurrent: tab === 'settings' },
  ];
}

function environmentTabs({ language: { t } }: MemberCall, { path, tab }: Place, current: Environment): NavPart[] {
  const setup = `${path}/${slugOf(current)}`;
  return (['setup', 'keys', 'code', 'events', 'doctor'] as const).map((name) => ({
    href: name === 'setup' ? setup : `${setup}/${name}`,
    label: t(`vendor.app.environmentTabs.${name}`),
    isCurrent: name === tab,
  }));
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

function tabList(tabs: readonly NavPart[], label: string, layout = 'tabs'): unknown {
  const items = tabs.map((tab) => html`<li>${partLink(tab)}</li>`);
  return html`<nav class=${layout} aria-label=${label}><ul>${items}</ul></nav>`;
}

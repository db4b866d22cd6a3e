import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { menuIcon } from '../pages/icons.ts';
import type { PortalCall } from './route.ts';

/** What a link of the navigation leads to. A page says by it where it stands. */
export type NavItem = 'home' | 'profile' | 'security' | 'sessions' | 'shops' | 'data' | 'apps';

const PERSONAL: readonly NavItem[] = ['home', 'profile', 'security', 'sessions', 'shops', 'data'];

/** The parts of what a page is about, such as one app: below the item where the page stands. */
export interface NavParts {
  label: string;
  list: readonly NavPart[];
}

export interface NavPart {
  href: string;
  label: string;
  isCurrent: boolean;
}

type Place = Pick<PortalCall, 'base' | 'language' | 'context'>;

/** Beside the page, where there is room. */
export function sideNavigation(place: Place, current: NavItem | undefined, parts?: NavParts): unknown {
  const label = place.language.t('account.frame.account');
  return html`<nav class="side" aria-label=${label}>${links(place, current, parts)}</nav>`;
}

/** In the bar at the top, where there is no room beside the page: a menu that opens below the bar, and moves the page down. */
export function menuNavigation(place: Place, current: NavItem | undefined): unknown {
  const menu = place.language.t('account.frame.menu');
  return html`<details class="menu"><summary>${menuIcon}<span class="hidden">${menu}</span></summary><nav
 aria-label=${menu}>${links(place, current)}</nav></details>`;
}

function links({ base, language: { t }, context }: Place, current: NavItem | undefined, parts?: NavParts): unknown {
  const link = (item: NavItem) => {
    const href = item === 'home' ? base : `${base}/${item}`;
    const label = t(`account.frame.nav.${item}`);
    if (item !== current) return html`<li><a href=${href}>${label}</a></li>`;
    if (!parts) return html`<li>${partLink({ href, label, isCurrent: true })}</li>`;
    // The page stands at one of the parts, which says so.
    return html`<li><a href=${href}>${label}</a><ul class="within" aria-label=${parts.label}>${parts.list.map(
      (part) => html`<li>${partLink(part)}</li>`,
    )}</ul></li>`;
  };
  const docs = html`<li><a href="/docs">${t('account.frame.nav.docs')}</a></li>`;
  const forDevelopers = html`<h2>${t('account.frame.forDevelopers')}</h2><ul>${link('apps')}${docs}</ul>`;
  return html`<ul>${PERSONAL.map(link)}</ul>
${context.realm === 'production' ? forDevelopers : nothing}`;
}

/** A link that says where the page stands. */
export function partLink({ href, label, isCurrent }: NavPart): unknown {
  return html`<a href=${href} aria-current=${isCurrent ? 'page' : nothing}>${label}</a>`;
}

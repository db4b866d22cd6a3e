import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { menuIcon } from '../pages/icons.ts';
import type { PortalCall } from './route.ts';

/** What a link of the navigation leads to. A page says by it where it stands. */
export type NavItem = 'home' | 'profile' | 'security' | 'sessions' | 'shops' | 'data' | 'apps';

const PERSONAL: readonly NavItem[] = ['home', 'profile', 'security', 'sessions', 'shops', 'data'];

type Place = Pick<PortalCall, 'base' | 'language' | 'context'>;

/** Beside the page, where there is room. */
export function sideNavigation(place: Place, current: NavItem | undefined): unknown {
  return html`<nav class="side" aria-label=${place.language.t('account.frame.account')}>${links(place, current)}</nav>`;
}

/** In the bar at the top, where there is no room beside the page: a menu that opens below the bar, and moves the page down. */
export function menuNavigation(place: Place, current: NavItem | undefined): unknown {
  const menu = place.language.t('account.frame.menu');
  return html`<details class="menu"><summary>${menuIcon}<span class="hidden">${menu}</span></summary><nav
 aria-label=${menu}>${links(place, current)}</nav></details>`;
}

function links({ base, language: { t }, context }: Place, current: NavItem | undefined): unknown {
  const link = (item: NavItem) => {
    const href = item === 'home' ? base : `${base}/${item}`;
    const state = item === current ? 'page' : nothing;
    return html`<li><a href=${href} aria-current=${state}>${t(`account.frame.nav.${item}`)}</a></li>`;
  };
  const docs = html`<li><a href="/docs">${t('account.frame.nav.docs')}</a></li>`;
  const forDevelopers = html`<h2>${t('account.frame.forDevelopers')}</h2><ul>${link('apps')}${docs}</ul>`;
  return html`<ul>${PERSONAL.map(link)}</ul>
${context.realm === 'production' ? forDevelopers : nothing}`;
}

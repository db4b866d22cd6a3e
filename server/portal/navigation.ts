import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { PortalCall } from './route.ts';

/** What a link of the navigation leads to. A page says by it where it stands. */
export type NavItem = 'home' | 'profile' | 'security' | 'sessions' | 'shops' | 'data' | 'apps';

const PERSONAL: readonly NavItem[] = ['home', 'profile', 'security', 'sessions', 'shops', 'data'];

/** Beside the page where there is room, above it as a menu that opens where there is not. */
export function navigation(
  { base, language: { t }, context }: Pick<PortalCall, 'base' | 'language' | 'context'>,
  current: NavItem | undefined,
): unknown {
  const link = (item: NavItem) => {
    const href = item === 'home' ? base : `${base}/${item}`;
    const state = item === current ? 'page' : nothing;
    return html`<li><a href=${href} aria-current=${state}>${t(`account.frame.nav.${item}`)}</a></li>`;
  };
  const docs = html`<li><a href="/docs">${t('account.frame.nav.docs')}</a></li>`;
  const forDevelopers = html`<h2>${t('account.frame.forDevelopers')}</h2><ul>${link('apps')}${docs}</ul>`;
  const links = html`<ul>${PERSONAL.map(link)}</ul>
${context.realm === 'production' ? forDevelopers : nothing}`;
  const menu = t('account.frame.menu');
  return html`<nav class="side" aria-label=${t('account.frame.account')}>${links}</nav>
<details class="menu"><summary>${menu}</summary><nav aria-label=${menu}>${links}</nav></details>`;
}

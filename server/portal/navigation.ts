import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { PortalCall } from './route.ts';
import { portalStrings } from './strings.ts';

export type Section = 'home' | 'profile' | 'security' | 'sessions' | 'shops' | 'data' | 'apps';

const PERSONAL: readonly Section[] = ['home', 'profile', 'security', 'sessions', 'shops', 'data'];

/** Beside the page where there is room, above it as a menu that opens where there is not. */
export function navigation(call: PortalCall, current: Section | undefined): unknown {
  const { base, language, context } = call;
  const { nav, menu, forDevelopers, account } = portalStrings(language);
  const link = (section: Section) =>
    html`<li><a href=${section === 'home' ? base : `${base}/${section}`} aria-current=${section === current ? 'page' : nothing}>${nav[section]}</a></li>`;
  const links = html`<ul>${PERSONAL.map(link)}</ul>
${
  context.realm === 'production'
    ? html`<h2>${forDevelopers}</h2><ul>${link('apps')}<li><a href="/docs/api">${nav.docs}</a></li></ul>`
    : nothing
}`;
  return html`<nav class="side" aria-label=${account}>${links}</nav>
<details class="menu"><summary>${menu}</summary><nav aria-label=${menu}>${links}</nav></details>`;
}

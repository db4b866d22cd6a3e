import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { Brand } from '../brand/brand.ts';
import { brandMark } from './brand.ts';

interface DocsBar {
  /** The platform's. */
  name: string;
  /** Default: our own look. */
  brand?: Brand | undefined;
  /** Its address, for pages whose script searches. */
  searchIndex?: string | undefined;
}

/** The bar at the top of the documentation: where it begins, the search, the account and its API keys. */
export function docsBar({ name, brand, searchIndex }: DocsBar): unknown {
  return html`<div class="column">
<a class="home" href="/docs">${brandMark(brand)}<span><bdi>${name}</bdi> docs</span></a>
${searchIndex ? searchBox(searchIndex) : nothing}
<nav class="ways" aria-label="Account"><a href="/account">Account</a><a href="/account/apps">API keys</a></nav>
</div>`;
}

/** Hidden until the script can search. */
function searchBox(searchIndex: string): unknown {
  return html`<search data-search=${searchIndex} hidden><input type="search" aria-label="Search the documentation"
placeholder="Search" autocomplete="off" spellcheck="false" maxlength="100"><ul class="results" aria-label="Results" hidden></ul></search>`;
}

import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { Brand } from '../brand/brand.ts';
import { brandMark } from './brand.ts';

interface DocsBar {
  /** The platform's. */
  name: string;
  /** Default: our own look. */
  brand?: Brand | undefined;
  /** Undefined where the documentation was not built. */
  search?: DocsSearch | undefined;
}

/** Addresses of what makes the search box work, in the built documentation. */
export interface DocsSearch {
  script: string;
  index: string;
}

/** The bar at the top of the documentation: where it begins, the search, the account and its API keys. */
export function docsBar({ name, brand, search }: DocsBar): unknown {
  return html`<div class="column">
<a class="home" href="/docs">${brandMark(brand)}<span><bdi>${name}</bdi> docs</span></a>
${search ? searchBox(search) : nothing}
<nav class="ways" aria-label="Account"><a href="/account">Account</a><a href="/account/apps">API keys</a></nav>
</div>`;
}

/** Hidden until the script can search. */
function searchBox({ index }: DocsSearch): unknown {
  return html`<search data-search=${index} hidden><input type="search" aria-label="Search the documentation"
placeholder="Search" autocomplete="off" spellcheck="false" maxlength="100"><ul class="results" aria-label="Results" hidden></ul></search>`;
}

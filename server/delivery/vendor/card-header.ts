import { html } from '@lit-labs/ssr';

/** The heading of a card, and what to know about it. */
export function cardHeader(heading: unknown, lead: unknown): unknown {
  return html`<header><h2>${heading}</h2><p class="small muted">${lead}</p></header>`;
}

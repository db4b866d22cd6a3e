import { html } from '@lit-labs/ssr';
import { initials } from './text.ts';

/** A person's initials in a circle. */
export function avatar(name: string, language: string): unknown {
  return html`<span class="tile round" aria-hidden="true">${initials(name, language)}</span>`;
}

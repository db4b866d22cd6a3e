import { html } from '@lit-labs/ssr';
import { highlight } from '#pages/highlight.ts';
import type { PersonCall } from '#portal/route.ts';
import { copyButton } from '../shown-once.ts';

/**
 * Code to copy. Long lines wrap, so nothing scrolls, and the code is no stop of the keyboard.
 * @param id unique on the page
 */
export function snippet(call: PersonCall, id: string, label: string, code: string): unknown {
  return html`<div class="snippet"><pre role="group" aria-label=${label}
 dir="ltr"><code id=${id}>${highlight(code)}</code></pre><p class="buttons">${copyButton(call, id, label)}</p></div>`;
}

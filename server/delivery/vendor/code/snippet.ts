import { html } from '@lit-labs/ssr';
import { highlight } from '#pages/highlight.ts';
import { isolateLeftToRight } from '#pages/text.ts';
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

/**
 * A whole file to copy, which may be long: folded, and of several only one is open. The button that copies is there all the same.
 * @param file its name
 */
export function foldedFile(
  call: PersonCall,
  file: { id: string; group: string; name: string; label: string; code: string; isOpen: boolean },
): unknown {
  const { id, group, name, label, code, isOpen } = file;
  const lines = code.trimEnd().split('\n').length;
  const summary = call.language.t.rich('vendor.code.fileLines', {
    file: html`<code>${isolateLeftToRight(name)}</code>`,
    count: lines,
  });
  return html`<div class="snippet"><details class="fold" name=${group} ?open=${isOpen}><summary><span>${summary}</span></summary><pre
 role="group" aria-label=${label} dir="ltr"><code id=${id}>${highlight(code)}</code></pre></details><p
 class="buttons">${copyButton(call, id, label)}</p></div>`;
}

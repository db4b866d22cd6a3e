import { html } from '@lit-labs/ssr';
import { inlineScript } from '#pages/inline.ts';
import type { Strings } from '#strings/pick-strings.ts';
import { closeWindow } from './scripts/close-window.ts';

/** For every page with {@link closeButton}. */
export const closeWindowScript = inlineScript(closeWindow);

/** Closes the window; hidden where there is no script to do it. */
export function closeButton(strings: Strings): unknown {
  return html`<button class="button secondary" type="button" data-close hidden>${strings.common.closeWindow}</button><p class="small muted" role="status" data-close-refused=${strings.common.closeByHand}></p>`;
}

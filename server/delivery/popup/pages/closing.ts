import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { inlineScript } from '#pages/inline.ts';
import { closeWindow } from './scripts/close-window.ts';

/** For every page with {@link closeButton}. */
export const closeWindowScript = inlineScript(closeWindow);

/** Closes the window; hidden where there is no script to do it. */
export function closeButton({ t }: Language): unknown {
  const label = t('shared.common.closeWindow');
  return html`<button class="button secondary" type="button" data-close hidden>${label}</button>
<p class="small muted" role="status" data-close-refused=${t('shared.common.closeByHand')}></p>`;
}

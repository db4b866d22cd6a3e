import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { inlineScript } from './inline.ts';
import { closeWindow } from './scripts/close-window.ts';

/** For every page with {@link closeButton} or {@link wayOut}. */
export const closeWindowScript = inlineScript(closeWindow);

/** Closes the window; hidden where there is no script to do it. */
export function closeButton({ t }: Language): unknown {
  const label = t('shared.common.closeWindow');
  return html`<button class="button secondary" type="button" data-close hidden>${label}</button>
<p class="small muted" role="status" data-close-refused=${t('shared.common.closeByHand')}></p>`;
}

/**
 * The way out of a page that can be met anywhere: the button closes a window that a page has opened; in a tab of the person's own it could do
 * nothing, so there a link leads to the start page.
 */
export function wayOut(language: Language): unknown {
  return html`<a class="button secondary" href="/" data-instead-of-close><span>${language.t('front.toStart')}</span></a>
${closeButton(language)}`;
}

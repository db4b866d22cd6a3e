import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';

/** To a page of the shop, in a window of its own. @param href checked already: see pages/uris.ts */
export function outsideLink(href: string, label: string, { t }: Pick<Language, 't'>): unknown {
  const hint = html`<span class="hidden"> ${t('shared.common.opensNewWindow')}</span>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${label}${hint}</a>`;
}

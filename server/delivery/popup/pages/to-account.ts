import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { realmPrefix } from '#http/realm-context.ts';
import type { PageContext } from '#pages/models.ts';

/** The way on from a page that ends a journey in a tab of its own, where there is no shop to go back to. */
export function toAccount({ realm }: Pick<PageContext, 'realm'>, { t }: Pick<Language, 't'>): unknown {
  const label = t('account.frame.errorPage.toStart');
  return html`<div class="sticky"><a class="button secondary" href="${realmPrefix(realm)}/account">${label}</a></div>`;
}

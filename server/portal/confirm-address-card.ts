import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { formFrame } from '../pages/forms.ts';
import { isolateLeftToRight } from '../pages/text.ts';
import type { PersonCall } from './route.ts';

/**
 * Reminds somebody whose address is not confirmed of the mail with the link, from the sign-up on. Only in production: in the sandbox, mail
 * reaches nobody but members of an app, and the page of security shows what would have been mailed.
 */
export function confirmAddressCard({ account, base, context, csrf, language: { t } }: PersonCall): unknown {
  if (context.realm !== 'production' || account.email === undefined || account.emailVerified) return nothing;
  const again = html`<button class="button secondary">${t('account.confirmAddress.again')}</button>`;
  return html`<section class="card" aria-labelledby="confirm-address"><header>
<h2 id="confirm-address">${t('account.confirmAddress.heading')}</h2></header>
<p>${t.rich('account.confirmAddress.sent', { email: isolateLeftToRight(account.email) })}</p>
${formFrame({ action: `${base}/security/confirmation`, csrf, layout: 'buttons' }, again)}</section>`;
}

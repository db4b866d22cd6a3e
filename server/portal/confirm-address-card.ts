import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { isMailUnsent } from '../domain/accounts/unsent-mail.ts';
import { formFrame } from '../pages/forms.ts';
import { keptMailNote } from '../pages/kept-mail.ts';
import { isolateLeftToRight } from '../pages/text.ts';
import type { PersonCall } from './route.ts';
import { unsentNote } from './unsent-note.ts';

/**
 * Reminds somebody whose address is not confirmed of the mail with the link, from the sign-up on. Only in production: in the sandbox, mail
 * reaches nobody but members of an app, and the page of security shows what would have been mailed.
 */
export async function confirmAddressCard(call: PersonCall): Promise<unknown> {
  const { account, base, context, csrf, language } = call;
  const { t } = language;
  if (await isMailUnsent(context, account)) return unsentNote(call);
  if (context.realm !== 'production' || account.email === undefined || account.emailVerified) return nothing;
  const again = html`<button class="button secondary">${t('account.confirmAddress.again')}</button>`;
  return html`<section class="card" aria-labelledby="confirm-address"><header>
<h2 id="confirm-address">${t('account.confirmAddress.heading')}</h2></header>
<p>${t.rich('account.confirmAddress.sent', { email: isolateLeftToRight(account.email) })}</p>
${keptMailNote(context.config, language)}
${formFrame({ action: `${base}/security/confirmation`, csrf, layout: 'buttons' }, again)}</section>`;
}

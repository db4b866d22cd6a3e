import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { isMailUnsent } from '../domain/accounts/unsent-mail.ts';
import { formFrame } from '../pages/forms.ts';
import { keptMailNote } from '../pages/kept-mail.ts';
import { isolateLeftToRight } from '../pages/text.ts';
import type { PersonCall } from './route.ts';
import { unsentNote } from './unsent-note.ts';

/** What somebody reads whose address is not confirmed, and the button that mails a link. */
interface OpenConfirmation {
  lead: unknown;
  note: unknown;
  button: unknown;
}

/**
 * Reminds somebody whose address is not confirmed of the mail with the link, or offers to send one: people who were brought from another system have
 * got none, and links end. Only in production: in the sandbox, mail reaches nobody but members of an app, and the page of security shows what
 * would have been mailed.
 */
export async function openConfirmation(call: PersonCall): Promise<OpenConfirmation | undefined> {
  const { account, context, language } = call;
  const { t } = language;
  if (context.realm !== 'production' || account.email === undefined || account.emailVerified) return undefined;
  const isSent = (await context.rows.emailCodes.pendingAddress(account.id, 'verify_email')) !== undefined;
  const button = t(isSent ? 'account.confirmAddress.again' : 'account.confirmAddress.send');
  const email = isolateLeftToRight(account.email);
  return {
    lead: t.rich(isSent ? 'account.confirmAddress.sent' : 'account.confirmAddress.notSent', { email }),
    note: isSent ? keptMailNote(context.config, language) : nothing,
    button: html`<button class="button secondary">${button}</button>`,
  };
}

/** The same as a card of its own, from the sign-up on. */
export async function confirmAddressCard(call: PersonCall): Promise<unknown> {
  const { account, base, context, csrf, language } = call;
  if (await isMailUnsent(context, account)) return unsentNote(call);
  const open = await openConfirmation(call);
  if (!open) return nothing;
  return html`<section class="card" aria-labelledby="confirm-address"><header>
<h2 id="confirm-address">${language.t('account.confirmAddress.heading')}</h2></header>
<p>${open.lead}</p>
${open.note}
${formFrame({ action: `${base}/security/confirmation`, csrf, layout: 'buttons' }, open.button)}</section>`;
}

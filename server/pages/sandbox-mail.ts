import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { ShownMail } from '../domain/accounts/sandbox-mail.ts';
import { fieldIcons } from './icons.ts';
import { isolateLeftToRight } from './text.ts';

/** Sandbox only, and only for the account that is signed in: what its mail says, so that nobody waits for one. */
export function sandboxMailNote({ to, link }: ShownMail, { t }: Language): unknown {
  const newWindow = html`<span class="hidden"> ${t('shared.common.opensNewWindow')}</span>`;
  return html`<p class="note small">${fieldIcons.email}<span>${t.rich('shared.sandboxMail.would', {
    email: isolateLeftToRight(to),
  })} <a href=${link} target="_blank" rel="noopener">${t('shared.sandboxMail.open')}${newWindow}</a></span></p>`;
}

import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { Config } from '../config.ts';

/** Where a developer's own platform shows the mail that goes nowhere. The page opens by the link of the start alone. */
export const KEPT_MAIL_PATH = '/dev/mail';

/** Beside what tells somebody to wait for an email: on a developer's machine, where it is. */
export function keptMailNote(
  { keepsMail, publicUrl }: Pick<Config, 'keepsMail' | 'publicUrl'>,
  { t }: Language,
): unknown {
  if (!keepsMail) return nothing;
  const mail = (label: unknown) => html`<a href="${publicUrl}${KEPT_MAIL_PATH}">${label}</a>`;
  return html`<p class="small muted">${t.rich('account.frame.mailKept', { mail })}</p>`;
}

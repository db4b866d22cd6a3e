import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { avatar } from '#pages/avatar.ts';
import { isolate, isolateEmail } from '#pages/text.ts';

/**
 * As whom somebody is signed in.
 * @param account `email` may be absent for a persona that has none
 * @param more below it: what can be done about it. @param isAddressShown whether the page tells the address elsewhere
 */
export function accountLines(
  { name, email }: { name?: string | undefined; email?: string | undefined },
  { tag, t }: Language,
  more: unknown = nothing,
  isAddressShown = false,
): unknown {
  const address = email ? isolateEmail(email) : nothing;
  return html`<div class="account">${avatar(name ?? email ?? '', tag)}<div class="who small">
<div><p><span class="hidden">${t('shared.common.signedInAs')}</span> <b>${name ? isolate(name) : address}</b></p>
${name && email && !isAddressShown ? html`<p class="muted">${address}</p>` : nothing}</div>
${more}</div></div>`;
}

import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { alertIcon } from './icons.ts';

/** Tells, before a first proof from outside an account, what it ends (domain/accounts/first-proof.ts). */
export function whatEnds({ t }: Pick<Language, 't'>): unknown {
  return html`<div class="alert">${alertIcon}<div class="stack"><p>${t('shared.firstProof.because')}</p>
<ul class="points">
<li>${t('shared.firstProof.points.signIn')}</li>
<li>${t('shared.firstProof.points.profile')}</li>
<li>${t('shared.firstProof.points.shops')}</li>
<li>${t('shared.firstProof.points.apps')}</li>
</ul></div></div>`;
}

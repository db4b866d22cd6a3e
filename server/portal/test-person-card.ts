import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { formFrame } from '../pages/forms.ts';
import { isShared, isTestPerson } from '../storage/accounts.ts';
import type { PersonCall } from './route.ts';

/** Tells whoever plays a test person whose it is, and leads to a fresh one. */
export function testPersonCard({ account, base, csrf, language: { t } }: PersonCall): unknown {
  if (!isTestPerson(account)) return nothing;
  const button = html`<button class="button secondary">${t('shared.signIn.startOver')}</button>`;
  return html`<section class="card" aria-labelledby="test-person"><header>
<h2 id="test-person">${t('account.frame.testPerson.heading')}</h2>
<p>${t(`account.frame.testPerson.${isShared(account) ? 'shared' : 'own'}`)}</p></header>
${formFrame({ action: `${base}/start-over`, csrf, layout: 'buttons' }, button)}</section>`;
}

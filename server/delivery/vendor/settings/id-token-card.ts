import { html } from '@lit-labs/ssr';
import { ID_TOKEN_ALGS } from '@signup-with-platform/protocol';
import type { SettingsInput } from '#domain/apps/settings.ts';
import { selectField } from '#pages/forms.ts';
import type { MemberCall } from '#portal/route.ts';

/** How the ID tokens are signed that the vendor's OpenID Connect library gets for a code. What the button hands over is not affected. */
export function idTokenCard({ language }: MemberCall, { idTokenAlg }: SettingsInput): unknown {
  const { t } = language;
  return html`<section class="card"><h2>${t('vendor.settings.idToken')}</h2>
${selectField({
  name: 'id_token_alg',
  label: t('vendor.settings.idTokenAlg'),
  hint: t('vendor.settings.idTokenAlgHint'),
  options: ID_TOKEN_ALGS.map((alg) => html`<option value=${alg} ?selected=${alg === idTokenAlg}>${alg}</option>`),
})}</section>`;
}

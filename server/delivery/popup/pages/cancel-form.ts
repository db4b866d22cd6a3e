import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { formFrame } from '#pages/forms.ts';
import type { FormContext } from '#pages/models.ts';

/** Cancel is a form of its own, so that no empty input elsewhere can keep anybody from leaving. */
export function cancelForm({ action, csrf }: FormContext, { t }: Language): unknown {
  const button = html`<button class="button quiet">${t('shared.common.cancel')}</button>`;
  return formFrame({ action: `${action}/cancel`, csrf }, button);
}

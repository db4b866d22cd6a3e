import { html } from '@lit-labs/ssr';
import { csrfInput } from '#pages/forms.ts';
import type { FormContext } from '#pages/models.ts';
import type { Strings } from '#strings/pick-strings.ts';

/** Cancel is a form of its own, so that no empty input elsewhere can keep anybody from leaving. */
export function cancelForm(form: FormContext, strings: Strings): unknown {
  return html`<form method="post" action="${form.action}/cancel">${csrfInput(form)}<button class="button quiet">${strings.common.cancel}</button></form>`;
}

import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { formFrame } from '#pages/forms.ts';
import { type Inline, inlineScript } from '#pages/inline.ts';
import type { FormContext, PageContext } from '#pages/models.ts';
import { escapeCancels } from './scripts/escape-cancels.ts';

const escapeScript = inlineScript(escapeCancels);

/** Cancel is a form of its own, so that no empty input elsewhere can keep anybody from leaving. */
export function cancelForm({ action, csrf }: FormContext, { t }: Language): unknown {
  const button = html`<button class="button quiet">${t('shared.common.cancel')}</button>`;
  return formFrame({ action: `${action}/cancel`, csrf }, button);
}

/** For every page with {@link cancelForm}: Escape cancels too, where the page stands in a window that was opened for it. */
export function cancelScripts({ ready }: PageContext): Inline[] {
  return ready ? [escapeScript()] : [];
}

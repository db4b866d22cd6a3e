import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { CodeWay } from '#domain/codes/code-way.ts';
import type { PortalCall } from '#portal/route.ts';

/**
 * A button by which a form with an address asks for a code instead. Nothing else of the form has to be filled in. In the sandbox there is none,
 * because mail reaches nobody there.
 */
export function askForCodeButton(
  { base, context, language }: Pick<PortalCall, 'base' | 'context' | 'language'>,
  { way, look }: { way: CodeWay; look: 'primary' | 'secondary' },
): unknown {
  if (context.realm === 'sandbox') return nothing;
  return html`<button class="button ${look}" name="way" value=${way} formaction="${base}/sign-in/code" formnovalidate>${language.t('popup.code.ask')}</button>`;
}

import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { type Inline, inlineScript } from '#pages/inline.ts';
import type { PageContext } from '#pages/models.ts';
import { returnToApp } from './scripts/return-to-app.ts';

const script = inlineScript(returnToApp);

/** For a page whose form may end in another app of the device. */
export function returnScripts({ endsInApp }: PageContext): Inline[] {
  return endsInApp ? [script()] : [];
}

/** Empty until a form was sent. */
export function returnNote({ endsInApp, vendor }: PageContext, { t, isolate }: Language): unknown {
  if (!endsInApp) return nothing;
  return html`<p class="note small" role="status" data-return=${t('popup.native.return', { vendor: isolate(vendor?.name ?? '') })}></p>`;
}

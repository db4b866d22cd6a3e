import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { Config } from '../config.ts';
import { isolate } from './text.ts';

/** Says that a password is in another system of the operator's, and where it is changed there. In a window of its own, so that nothing here is lost. */
export function passwordElsewhere(
  { platformName, liveDirectory }: Pick<Config, 'platformName' | 'liveDirectory'>,
  { t }: Language,
): unknown {
  const { passwordUrl } = liveDirectory ?? {};
  const link = html`<a href=${passwordUrl ?? ''} target="_blank" rel="noopener">${t('shared.signIn.changeElsewhere')}</a>`;
  return html`<p class="small">${t.rich('shared.signIn.elsewhere', { platform: isolate(platformName) })}
${passwordUrl === undefined ? nothing : link}</p>`;
}

import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { initials } from '../../pages/text.ts';
import { imageSource } from '../../pages/uris.ts';

/** An app's logo, or its initials. Its name stands elsewhere, so the tile is hidden from assistive technology. */
export function appTile(
  { tag }: Pick<Language, 'tag'>,
  { name, logoUri }: { name: string; logoUri?: string | undefined },
): unknown {
  const source = imageSource(logoUri);
  const logo = source
    ? html`<img src=${source.src} alt="" width="44" height="44" referrerpolicy="no-referrer">`
    : nothing;
  return html`<span class="tile" aria-hidden="true">${initials(name, tag)}${logo}</span>`;
}

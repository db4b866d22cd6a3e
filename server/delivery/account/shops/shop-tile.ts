import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { initials } from '#pages/text.ts';
import { type ImageSource, imageSource, linkUri } from '#pages/uris.ts';
import type { ConnectedShop } from '#storage/connected-shops.ts';

export function logoOf({ logoUri }: Pick<ConnectedShop, 'logoUri'>): ImageSource | undefined {
  return imageSource(logoUri);
}

/** The logo, with initials underneath for when there is none or it does not load. */
export function shopTile(shop: Pick<ConnectedShop, 'name' | 'logoUri'>, language: string): unknown {
  const logo = logoOf(shop);
  return html`<span class="tile" aria-hidden="true">${initials(shop.name, language)}${
    logo ? html`<img src=${logo.src} alt="" width="44" height="44" referrerpolicy="no-referrer">` : nothing
  }</span>`;
}

/** Where on the web a shop is: of its home page, and without one of what it registered, the origin. A native app may be nowhere: empty. */
export function placeOf({ homePageUri, origins }: Pick<ConnectedShop, 'homePageUri' | 'origins'>): string {
  const home = linkUri(homePageUri);
  return home === undefined ? (origins[0] ?? '') : new URL(home).origin;
}

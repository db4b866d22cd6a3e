import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { fieldIcons } from '#pages/icons.ts';
import { initials } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import type { PersonCall } from '#portal/route.ts';

/** The picture of the person who is signed in, with initials underneath for when there is none or it does not load. */
export function portraitOf({ account, language }: PersonCall, alt = ''): unknown {
  const source = imageSource(account.picture);
  const name = [account.givenName, account.familyName].filter(Boolean).join(' ');
  const letters = initials(name, language.tag);
  return html`<span class="tile round"><span aria-hidden="true">${letters || fieldIcons.name}</span>${
    source ? html`<img src=${source.src} alt=${alt} referrerpolicy="no-referrer">` : nothing
  }</span>`;
}

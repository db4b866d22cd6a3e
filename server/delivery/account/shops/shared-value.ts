import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { Claim, Field } from '@signup-with-platform/protocol';
import { shownValue } from '#domain/consent/answers.ts';
import { formatLanguage, isolate, isolateLeftToRight, isolateLines } from '#pages/text.ts';
import { type ImageSource, imageSource } from '#pages/uris.ts';
import type { Account } from '#storage/accounts.ts';

export function pictureOf({ picture }: Account): ImageSource | undefined {
  return imageSource(picture);
}

/** What an account shares of a field now, for reading; undefined when it knows nothing. @param claims those that are agreed to */
export function sharedValue(account: Account, field: Field, claims: readonly Claim[], { tag, t }: Language): unknown {
  const value = shownValue(account, field, claims);
  if (value === undefined) return undefined;
  switch (field) {
    case 'email':
    case 'phone_number':
      return isolateLeftToRight(value);
    case 'locale':
      return isolate(formatLanguage(value, tag));
    case 'picture': {
      const picture = pictureOf(account);
      if (!picture) return isolate(value);
      return html`<span class="tile round">
<img src=${picture.src} alt=${t('shared.common.pictureAlt')} referrerpolicy="no-referrer"></span>`;
    }
    default:
      return isolateLines(value);
  }
}

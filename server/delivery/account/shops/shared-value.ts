import { html } from '@lit-labs/ssr';
import type { Claim, Field } from '@signup-with-platform/protocol';
import { shownValue } from '#domain/consent/answers.ts';
import { fieldValue } from '#pages/field-value.ts';
import { type ImageSource, imageSource } from '#pages/uris.ts';
import type { PersonCall } from '#portal/route.ts';
import type { Account } from '#storage/accounts.ts';

export function pictureOf({ picture }: Account): ImageSource | undefined {
  return imageSource(picture);
}

/** What an account shares of a field now, for reading; undefined when it knows nothing. @param claims those that are agreed to */
export function sharedValue(
  { account, language, context }: PersonCall,
  field: Field,
  claims: readonly Claim[],
): unknown {
  const value = shownValue(context.fields, account, field, claims, language.tag);
  if (value === undefined) return undefined;
  const tile = (src: string) => html`<span class="tile round">
<img src=${src} alt=${language.t('shared.common.pictureAlt')} referrerpolicy="no-referrer"></span>`;
  return fieldValue(field, value, language, tile, context.fields);
}

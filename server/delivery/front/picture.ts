import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import type { BuiltInField } from '@signup-with-platform/protocol';
import type { Config } from '#config.ts';
import { brandMark } from '#pages/brand.ts';
import { checkIcon, fieldIcons } from '#pages/icons.ts';
import { isolate, isolateLeftToRight } from '#pages/text.ts';

const SHOP = 'Fern & Field';
const SHOP_ADDRESS = 'fern-and-field.example';
/** What the demo's first test person shares. */
const SHARED: readonly [BuiltInField, string][] = [
  ['name', 'Jane Doe'],
  ['email', 'jane.doe@example.com'],
];

/**
 * A shop's page and the popup, made of markup so that it has the operator's brand, the person's language and colour scheme, and the words of
 * the product itself. It is a picture: nothing in it can be used, and assistive technology gets its description.
 */
export function picture(
  { platformName, brand, publicUrl }: Pick<Config, 'platformName' | 'brand' | 'publicUrl'>,
  language: Language,
): unknown {
  const { t } = language;
  const platform = isolate(platformName);
  const vendor = isolate(SHOP);
  const rows = SHARED.map(
    ([
      field,
      value,
    ]) => html`<span class="shared">${fieldIcons[field]}<span><span class="term">${t(`shared.fields.${field}`)}</span>
<span class="given">${isolateLeftToRight(value)}</span></span>${checkIcon}</span>`,
  );
  return html`<div class="picture" role="img" aria-label=${t('front.picture')}>
<div class="window shop">${addressBar(SHOP_ADDRESS)}<div class="page"><b>${vendor}</b>
<span class="press">${brandMark(brand)}<span>${t.rich('widget.signup', { platform })}</span></span>
<span class="blank"></span><span class="blank"></span><span class="blank short"></span></div></div>
<div class="window popup">${addressBar(new URL(publicUrl).host)}<div class="page"><b>${t.rich('popup.consent.heading', { vendor })}</b>
${rows}<span class="press">${t('popup.consent.submit')}</span></div></div>
</div>`;
}

function addressBar(address: string): unknown {
  return html`<div class="address"><i></i><i></i><i></i>${isolateLeftToRight(address)}</div>`;
}

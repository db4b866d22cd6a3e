import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { PageContext, Vendor } from '#pages/models.ts';
import { initials, isolate, isolateLeftToRight } from '#pages/text.ts';
import { imageSource, linkUri } from '#pages/uris.ts';

/** From here on a name fills so many lines that a heading with it is set smaller. */
const LONG_NAME_LENGTH = 48;

/** The class of a heading that names the vendor. */
export function headingSize(vendor: Vendor | undefined): unknown {
  return (vendor?.name.length ?? 0) > LONG_NAME_LENGTH ? 'long' : nothing;
}

/** Who the person is on the way to: logo, name, and the origin that will get the answer. */
export function vendorRow({ vendor }: PageContext, { tag, t }: Language): unknown {
  if (!vendor) return nothing;
  return html`<div class="vendor">${logoTile(vendor, tag)}<div class="grow">
<p class="small muted">${t('shared.common.continuingTo')}</p>
<p class="name"><span class="clamp">${isolate(vendor.name)}</span></p>
${placeOf(vendor, t)}
</div></div>`;
}

/** The same with what the vendor says about what it does with the data. The heading has the name, too, and may have scrolled away. */
export function vendorReferenceRow({ vendor }: PageContext, { tag, t }: Language): unknown {
  if (!vendor) return nothing;
  const links = [
    { href: linkUri(vendor.privacyPolicyUri), label: t('shared.common.privacyPolicy') },
    { href: linkUri(vendor.termsUri), label: t('shared.common.terms') },
  ].filter(({ href }) => href !== undefined);
  const opensNewWindow = html`<span class="hidden"> ${t('shared.common.opensNewWindow')}</span>`;
  const list = links.map(
    ({ href, label }) => html`<a href=${href} target="_blank" rel="noopener noreferrer">${label}${opensNewWindow}</a>`,
  );
  return html`<div class="vendor">${logoTile(vendor, tag)}<div class="grow">
<p class="name"><span class="clamp">${isolate(vendor.name)}</span></p>
${placeOf(vendor, t)}
${links.length > 0 ? html`<p class="links small">${list}</p>` : nothing}</div></div>`;
}

/** The origin that gets the answer. Anybody's app could have the scheme or the port of a native one, so neither says who it is. */
function placeOf({ origin, onOtherDevice }: Vendor, t: Language['t']): unknown {
  if (origin === undefined && onOtherDevice) return nothing;
  const place = origin === undefined ? t('popup.native.onDevice') : isolateLeftToRight(origin);
  return html`<p class="small muted">${place}</p>`;
}

/** The logo, with initials underneath for when there is none or it does not load. */
function logoTile(vendor: Vendor, language: string): unknown {
  const logo = imageSource(vendor.logoUri);
  return html`<div class="tile" aria-hidden="true">${initials(vendor.name, language)}${
    logo ? html`<img src=${logo.src} alt="" width="44" height="44" referrerpolicy="no-referrer">` : nothing
  }</div>`;
}

import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import type { PageContext, Vendor } from '#pages/models.ts';
import { initials, isolate, isolateLeftToRight } from '#pages/text.ts';
import { imageSource, linkUri } from '#pages/uris.ts';
import type { Language } from '#strings/pick-strings.ts';

/** Who the person is on the way to: logo, name, and the origin that will get the answer. */
export function vendorRow(context: PageContext, { tag, strings }: Language): unknown {
  const { vendor } = context;
  if (!vendor) return nothing;
  return html`<div class="vendor">${logoTile(vendor, tag)}<div class="grow">
<p class="small muted">${strings.common.continuingTo}</p>
<p class="name"><span class="clamp">${isolate(vendor.name)}</span></p>
<p class="small muted">${isolateLeftToRight(vendor.origin)}</p>
</div></div>`;
}

/** The same where the heading has the name already: the origin, and what the vendor says about what it does with the data. */
export function vendorReferenceRow(context: PageContext, { tag, strings }: Language): unknown {
  const { vendor } = context;
  if (!vendor) return nothing;
  const links = [
    { href: linkUri(vendor.privacyPolicyUri), label: strings.consent.privacyPolicy },
    { href: linkUri(vendor.termsUri), label: strings.consent.terms },
  ].filter(({ href }) => href !== undefined);
  return html`<div class="vendor">${logoTile(vendor, tag)}<div class="grow">
<p class="name">${isolateLeftToRight(vendor.origin)}</p>
${
  links.length > 0
    ? html`<p class="links small">${links.map(
        ({ href, label }) =>
          html`<a href=${href} target="_blank" rel="noopener noreferrer">${label}<span class="hidden"> ${strings.common.opensNewWindow}</span></a>`,
      )}</p>`
    : nothing
}</div></div>`;
}

/** The logo, with initials underneath for when there is none or it does not load. */
function logoTile(vendor: Vendor, language: string): unknown {
  const logo = imageSource(vendor.logoUri);
  return html`<div class="tile" aria-hidden="true">${initials(vendor.name, language)}${
    logo ? html`<img src=${logo.src} alt="" width="44" height="44" referrerpolicy="no-referrer">` : nothing
  }</div>`;
}

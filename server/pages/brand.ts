import { html } from '@lit-labs/ssr';
import { tokensCss, tokensCssWith } from '@signup-with-platform/design/stylesheet';
import { nothing } from 'lit';
import type { Brand } from '../brand/brand.ts';
import type { Strings } from '../strings/pick-strings.ts';
import { FAVICON, markIcon } from './icons.ts';
import { type Inline, inlineStyle } from './inline.ts';
import { fill, isolateLeftToRight } from './text.ts';

/**
 * A stylesheet in the operator's colours, and so with a hash of its own; made once for each brand.
 * @param css constant; begins with the design tokens
 */
export function brandedStyle(css: string): (brand: Brand | undefined) => Inline {
  const standard = inlineStyle(css);
  const made = new WeakMap<Brand, Inline>();
  return (brand) => {
    if (!brand?.accent) return standard;
    const style = made.get(brand) ?? inlineStyle(css.replace(tokensCss, tokensCssWith(brand.accent)));
    made.set(brand, style);
    return style;
  };
}

/** The operator's logo, or our mark. The name stands beside it, so it is hidden from assistive technology. */
export function brandMark(brand: Brand | undefined): unknown {
  const { logo } = brand ?? {};
  return logo ? html`<img class="logo" src=${logo.path} alt="" height="28">` : markIcon;
}

/** For the window's title bar. */
export function faviconOf(brand: Brand | undefined): string {
  if (brand?.logo) return brand.logo.path;
  const [, light] = /light-dark\(#([\da-f]{6}),/.exec(brand?.accent?.COLOR_ACCENT ?? '') ?? [];
  return light ? FAVICON.replace(/%23[\da-f]{6}/, `%23${light}`) : FAVICON;
}

/** Whom to ask, and what holds: below everything, when the operator says so. */
export function brandFooter(brand: Brand | undefined, strings: Strings): unknown {
  const links = [
    { href: brand?.support?.href, label: strings.operator.help },
    { href: brand?.privacyUrl, label: strings.consent.privacyPolicy },
    { href: brand?.termsUrl, label: strings.consent.terms },
  ].filter(({ href }) => href !== undefined);
  if (links.length === 0) return nothing;
  return html`<footer class="column"><ul>${links.map(({ href = '', label }) => html`<li>${link(href, label, strings)}</li>`)}</ul></footer>`;
}

/** What somebody agrees to who makes an account. */
export function signUpTerms(brand: Brand | undefined, strings: Strings): unknown {
  const { operator } = strings;
  if (!brand?.termsUrl && !brand?.privacyUrl) return nothing;
  const terms = brand.termsUrl && fill(operator.agreeToTerms, { terms: link(brand.termsUrl, operator.terms, strings) });
  const privacy =
    brand.privacyUrl && fill(operator.readPrivacy, { privacy: link(brand.privacyUrl, operator.privacy, strings) });
  return html`<p class="small muted">${terms ?? nothing} ${privacy ?? nothing}</p>`;
}

/** On a page that cannot help any further. */
export function askSupport(brand: Brand | undefined, strings: Strings): unknown {
  if (!brand?.support) return nothing;
  const { href, text } = brand.support;
  return html`<p class="small muted">${fill(strings.operator.askSupport, { support: link(href, isolateLeftToRight(text), strings) })}</p>`;
}

/** What somebody is in the middle of stays open. */
function link(href: string, label: unknown, { common }: Strings): unknown {
  if (href.startsWith('mailto:')) return html`<a href=${href}>${label}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${label}<span class="hidden"> ${common.opensNewWindow}</span></a>`;
}

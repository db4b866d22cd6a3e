import { html } from '@lit-labs/ssr';
import { COLOR_ACCENT } from '@signup-with-platform/design';
import { tokensCss, tokensCssWith } from '@signup-with-platform/design/stylesheet';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { Brand } from '../brand/brand.ts';
import { markIcon } from './icons.ts';
import { type Inline, inlineStyle } from './inline.ts';
import { isolateLeftToRight } from './text.ts';

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
  return brand?.logo?.path ?? `data:image/svg+xml,${encodeMark(markFile(lightAccentOf(brand)))}`;
}

/** The accent of the light scheme, as `rrggbb`. */
export function lightAccentOf(brand: Brand | undefined): string {
  const [, light = ''] = /light-dark\(#([\da-f]{6}),/.exec(brand?.accent?.COLOR_ACCENT ?? COLOR_ACCENT) ?? [];
  return light;
}

/** The mark as a file of its own. @param color `rrggbb` */
export function markFile(color: string): string {
  return `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 28 28' fill='#fff'><rect width='28' height='28' rx='8' fill='#${color}'/><circle cx='14' cy='10.5' r='4'/><path d='M6.5 22a7.5 7.5 0 0 1 15 0z'/></svg>`;
}

/** Only what a URL must not contain, so that it stays short. */
const encodeMark = (svg: string) => svg.replaceAll(/[<>#]/g, encodeURIComponent);

type Words = Pick<Language, 't'>;

/** Whom to ask, and what holds: below everything, when the operator says so. */
export function brandFooter(brand: Brand | undefined, { t }: Words): unknown {
  const links = [
    { href: brand?.support?.href, label: t('shared.operator.help') },
    { href: brand?.privacyUrl, label: t('shared.common.privacyPolicy') },
    { href: brand?.termsUrl, label: t('shared.common.terms') },
  ].filter(({ href }) => href !== undefined);
  if (links.length === 0) return nothing;
  return html`<footer class="column"><ul>${links.map(({ href = '', label }) => html`<li>${link(href, label, { t })}</li>`)}</ul></footer>`;
}

/** What somebody agrees to who makes an account. */
export function signUpTerms(brand: Brand | undefined, { t }: Words): unknown {
  const { termsUrl, privacyUrl } = brand ?? {};
  if (!termsUrl && !privacyUrl) return nothing;
  const to = (href: string) => (label: unknown) => link(href, label, { t });
  const terms = termsUrl && t.rich('shared.operator.agreeToTerms', { terms: to(termsUrl) });
  const privacy = privacyUrl && t.rich('shared.operator.readPrivacy', { privacy: to(privacyUrl) });
  return html`<p class="small muted">${terms ?? nothing} ${privacy ?? nothing}</p>`;
}

/** On a page that cannot help any further. */
export function askSupport(brand: Brand | undefined, { t }: Words): unknown {
  const support = supportLink(brand, { t });
  return support === undefined
    ? nothing
    : html`<p class="small muted">${t.rich('shared.operator.askSupport', { support })}</p>`;
}

/** Where people get help, within a sentence; undefined where the operator has not said. */
export function supportLink(brand: Brand | undefined, { t }: Words): unknown {
  return brand?.support && link(brand.support.href, isolateLeftToRight(brand.support.text), { t });
}

/** What somebody is in the middle of stays open. */
function link(href: string, label: unknown, { t }: Words): unknown {
  if (href.startsWith('mailto:')) return html`<a href=${href}>${label}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer">${label}<span class="hidden"> ${t('shared.common.opensNewWindow')}</span></a>`;
}

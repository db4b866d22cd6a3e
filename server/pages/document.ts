import { html, render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import type { Language } from '@signup-with-platform/messages';
import type { Realm } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import type { Brand } from '../brand/brand.ts';
import { brandFooter, brandMark, faviconOf } from './brand.ts';
import { contentSecurityPolicy, type PolicySources } from './content-security-policy.ts';
import { flaskIcon } from './icons.ts';
import type { Inline } from './inline.ts';
import type { RenderedPage } from './rendered-page.ts';
import { isolate } from './text.ts';
import { type Problem, windowTitle } from './window-title.ts';

/** Whose page it is, and how the operator wants it to look. */
export interface DocumentSite {
  platformName: string;
  brand?: Brand;
  realm: Realm;
}

export interface DocumentParts {
  site: DocumentSite;
  language: Language;
  /** For the window's title bar, before the platform's name. */
  title: string;
  /** Of a page that search engines may list: what they say of it. Default: they do not list it. */
  description?: string | undefined;
  problem: Problem | undefined;
  /** Default: as the browser prefers. */
  theme?: 'light' | 'dark' | 'auto';
  style: Inline;
  /** Run while the page is still being read. */
  firstScripts: readonly Inline[];
  /** Run in this order when the page has been parsed. */
  scripts: readonly Inline[];
  /** Class names of the body. */
  layout?: string | undefined;
  /** The first element of the page. */
  skipLink?: unknown;
  /** In the bar at the top. */
  bar: unknown;
  /** Between the bar and the footer. */
  content: unknown;
  sources: Pick<PolicySources, 'imageOrigins' | 'formOrigins' | 'formsAnywhere' | 'formAddress' | 'connectSelf'>;
  personal: RenderedPage['personal'];
}

/** The document that every page is: head, sandbox ribbon, bar, content, footer; and the policy that fits it. */
export function renderDocument(parts: DocumentParts): RenderedPage {
  const { site, language, style, firstScripts, theme = 'auto' } = parts;
  const document = html`<!doctype html>
<html lang=${language.tag} dir=${language.direction} data-theme=${theme === 'auto' ? nothing : theme}>
<head>
<meta charset="utf-8">
<title>${windowTitle({ ...parts, platformName: site.platformName }, language)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content=${theme === 'auto' ? 'light dark' : theme}>
<meta name=${parts.description === undefined ? 'robots' : 'description'} content=${parts.description ?? 'noindex'}>
<link rel="icon" href=${faviconOf(site.brand)}>
${firstScripts.map((script) => script.element)}${style.element}
</head>
<body class=${parts.layout ?? nothing}>
${parts.skipLink ?? nothing}
<header>
${site.realm === 'sandbox' ? sandboxRibbon(language) : nothing}
<div class="bar"><div class="column">${parts.bar}</div></div>
</header>
${parts.content}
${brandFooter(site.brand, language)}
${parts.scripts.map((script) => script.element)}
</body>
</html>`;
  return {
    personal: parts.personal,
    // Lit ends a template whose last part is a binding with `<?>`. No text can look like it, since texts are escaped.
    html: collectResultSync(render(document)).replaceAll('<?>', ''),
    contentSecurityPolicy: contentSecurityPolicy({
      styles: [style.hash],
      scripts: [firstScripts, parts.scripts].flat().map(({ hash }) => hash),
      ...parts.sources,
    }),
  };
}

/** The operator's logo, or our mark, and the platform's name. */
export function siteName({ brand, platformName }: DocumentSite): unknown {
  return html`${brandMark(brand)}${isolate(platformName)}`;
}

function sandboxRibbon({ t }: Language): unknown {
  return html`<p class="ribbon"><span class="column">${flaskIcon}<span>${t('shared.common.sandbox')}</span></span></p>`;
}

import { html, render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { brandFooter, faviconOf } from '#pages/brand.ts';
import { contentSecurityPolicy } from '#pages/content-security-policy.ts';
import { docsBar } from '#pages/docs-bar.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import type { Brand } from '../../brand/brand.ts';
import { styleOf } from './docs-styles.ts';
import { type Site, searchOf } from './site.ts';

/** After this comes the page's own HTML. No text can be mistaken for it, because texts are escaped. */
const MAIN = '<main id="main" tabindex="-1">';

export interface DocsPage {
  /** Undefined for a page that is not of the site, such as the one for an unknown address. */
  slug?: string;
  title: string;
  description?: string;
  /** HTML of the site, or of this program. */
  content: string;
  /** Whether it shows the element. */
  hasElement?: boolean;
}

/** The frame of every page of the documentation, in the operator's look. It is in English only. */
export function renderDocsPage(site: Site | undefined, brand: Brand, page: DocsPage): RenderedPage {
  const style = styleOf(brand);
  const { title, description, slug } = page;
  const inTitle = slug === 'index' || title === brand.name ? title : `${title} · Documentation`;
  const list = site ? contents(site, slug) : nothing;
  const search = site && searchOf(site);
  const bar = docsBar({
    name: brand.name,
    brand,
    search,
  });
  const script = search ? html`<script type="module" src=${search.script}></script>` : nothing;
  const element = page.hasElement ? html`<script type="module" src="/widget.js"></script>` : nothing;
  const document = html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>${inTitle} · ${brand.name}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
${description ? html`<meta name="description" content=${description}>` : nothing}
<link rel="icon" href=${faviconOf(brand)}>
${style.element}${script}${element}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="bar">${bar}</header>
<div class="frame column">
<nav class="side" aria-label="Documentation">${list}</nav>
<details class="menu"><summary>Contents</summary><nav aria-label="Contents">${list}</nav></details>
<main id="main" tabindex="-1">
${site ? neighbours(site, slug) : nothing}
<p class="small muted">${site ? `Version ${site.version}. ` : nothing}These pages are in English only; the product itself speaks ${LANGUAGES.length} languages.</p>
</main>
</div>
${brandFooter(brand, pickLanguage(['en']))}
<p class="hidden" role="status" data-status></p>
</body>
</html>`;
  const frame = collectResultSync(render(document)).replaceAll('<?>', '');
  return {
    personal: false,
    html: frame.replace(MAIN, () => `${MAIN}\n${page.content}`),
    contentSecurityPolicy: contentSecurityPolicy({
      styles: [style.hash],
      // The script of the site, and on one page the element, whose files change with the operator's brand.
      scripts: site ? ["'self'"] : [],
      imageOrigins: [],
      formOrigins: [],
      connectSelf: true,
    }),
  };
}

/** Vendors' pages, then operators', each under its own title. */
function contents(site: Site, current: string | undefined): unknown {
  const parts = [
    { title: 'For vendors', audience: 'vendors' },
    { title: 'For operators', audience: 'operators' },
  ] as const;
  return parts.map(({ title, audience }) => {
    const chapters = site.chapters.filter((chapter) => chapter.audience === audience);
    return html`<p class="part">${title}</p>${chapters.map((chapter) => chapterOf(site, chapter, current))}`;
  });
}

function chapterOf({ pages }: Site, { title, items }: Site['chapters'][number], current: string | undefined): unknown {
  const rows = items.map(({ label, href, slug }) => {
    const isCurrent = slug !== undefined && slug === current;
    const link = html`<a href=${href} aria-current=${isCurrent ? 'page' : nothing}>${label}</a>`;
    const headings = isCurrent ? (pages[slug]?.headings ?? []).filter(({ level }) => level === 2) : [];
    if (headings.length < 2) return html`<li>${link}</li>`;
    const within = headings.map(({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`);
    return html`<li>${link}<ul class="within">${within}</ul></li>`;
  });
  return html`<p class="chapter">${title}</p><ul>${rows}</ul>`;
}

/** The pages before and after this one, in the order of the list, of those for the same readers. */
function neighbours({ chapters }: Site, current: string | undefined): unknown {
  const own = chapters.find(({ items }) => items.some(({ slug }) => slug !== undefined && slug === current));
  const items = chapters.filter(({ audience }) => audience === own?.audience).flatMap((chapter) => chapter.items);
  const index = items.findIndex(({ slug }) => slug !== undefined && slug === current);
  const [before, after] = index === -1 ? [] : [items[index - 1], items[index + 1]];
  if (!before && !after) return nothing;
  const link = (item: typeof before, words: string) =>
    item ? html`<a href=${item.href}><span>${words}</span> ${item.label}</a>` : html`<span></span>`;
  return html`<nav class="neighbours" aria-label="Pages beside this one">${link(before, 'Previous')}${link(after, 'Next')}</nav>`;
}

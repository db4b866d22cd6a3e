import { addressOf, type Entry } from './contents.ts';
import type { RenderedMarkdown } from './markdown.ts';

/** `<!-- pages: a b c -->` becomes a list of those of the pages that are there, each with what it is about. */
export function listPages(
  html: string,
  entries: readonly Entry[],
  pages: Readonly<Record<string, RenderedMarkdown>>,
): string {
  return html.replaceAll(/<!-- pages: ([\w -]+) -->/g, (_comment, slugs: string) => {
    const cards = slugs.split(' ').flatMap((slug) => {
      const entry = entries.find((candidate) => candidate.slug === slug);
      const page = pages[slug];
      if (!entry || !page) return [];
      const link = `<a href="${addressOf(slug)}"><b>${escaped(entry.label ?? page.title)}</b></a>`;
      return [`<li><p>${link}</p><p>${escaped(page.description)}</p></li>`];
    });
    return `<ul class="cards">${cards.join('')}</ul>`;
  });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

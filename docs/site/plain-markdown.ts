import { addressOf } from './contents.ts';
import type { Source } from './site.ts';

/**
 * A page as Markdown for programs that read: its links lead to the Markdown of other pages, and it has no comments for the builder of the site.
 * @param titleOf a page's heading
 */
export function plainMarkdown(
  { text }: Pick<Source, 'text'>,
  resolveLink: (href: string) => string | undefined,
  titleOf: (slug: string) => string | undefined,
): string {
  return outsideOfFences(text, (prose) =>
    prose
      .replaceAll(/^<!-- pages: ([\w -]+) -->$/gm, (_comment, slugs: string) => listOf(slugs.split(' '), titleOf))
      .replaceAll(/^<!-- (?:search: [^\n]*|your-apps|button-builder) -->\n\n?/gm, '')
      .replaceAll(/\[([^\]]*)\]\(([^)\s]+)\)/g, (link, words: string, href: string) => {
        if (/^([a-z]+:|#|\/)/i.test(href)) return link;
        const address = resolveLink(href);
        return address === undefined ? words : `[${words}](${markdownOf(address)})`;
      }),
  );
}

function listOf(slugs: readonly string[], titleOf: (slug: string) => string | undefined): string {
  return slugs
    .flatMap((slug) => {
      const title = titleOf(slug);
      return title === undefined ? [] : [`- [${title}](${markdownOf(addressOf(slug))})`];
    })
    .join('\n');
}

/** `/docs/faq#x` becomes `/docs/faq.md#x`. */
function markdownOf(address: string): string {
  const [path = '', anchor] = address.split('#');
  return `${path === '/docs' ? '/docs/index' : path}.md${anchor === undefined ? '' : `#${anchor}`}`;
}

function outsideOfFences(text: string, change: (prose: string) => string): string {
  return text
    .split(/(^ *```[^\n]*\n[\s\S]*?^ *```$)/m)
    .map((part, index) => (index % 2 === 1 ? part : change(part)))
    .join('');
}

import { dirname, join } from 'node:path/posix';
import { addressOf, type Entry } from './contents.ts';
import type { ResolveLink } from './markdown.ts';

/**
 * Turns the links of a page, which lead to files, into addresses of the site. A link to a file that the site does not have has no
 * address.
 */
export function linksFrom(file: string, entries: readonly Entry[]): ResolveLink {
  return (href) => {
    if (/^([a-z]+:|#|\/)/i.test(href)) return href;
    const [path = '', anchor] = href.split('#');
    const target = join(dirname(file), path);
    const entry = entries.find((candidate) => candidate.file === target);
    if (!entry) return undefined;
    return addressOf(entry.slug) + (anchor === undefined ? '' : `#${anchor}`);
  };
}

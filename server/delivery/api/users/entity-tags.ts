/** `W/`, and what Apache and others append when they compress a response on its way. */
const SUFFIX = /^(?:-{1,2}(?:gzip|br|zstd|deflate))?$/;

/**
 * Whether If-Match or If-None-Match names a tag of ours, or every tag (`*`).
 *
 * A proxy that compresses marks the tag: nginx makes it weak, Apache appends `-gzip`. RFC 9110 section 13.1.1 has If-Match ignore weak tags,
 * because two representations with one weak tag may differ. Ours are hashes of the user's state, so the value alone tells that nothing has
 * changed, whatever mark a proxy put on it.
 */
export function namesTag(header: string, tag: string): boolean {
  return tagsOf(header).some((named) => named === '*' || isMarked(named.replace(/^W\//, ''), tag));
}

/** Tags of ours may end with a dash, so the suffix is what follows the tag, and not the longest that looks like one. */
function isMarked(named: string, tag: string): boolean {
  const open = tag.slice(0, -1);
  return named.startsWith(open) && named.endsWith('"') && SUFFIX.test(named.slice(open.length, -1));
}

/** Commas within a tag, which ours never have, would only make more tags that are none of ours. */
function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}

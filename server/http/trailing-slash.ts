/**
 * An address without the slashes that end its path, which people add and other servers take for the same page; undefined where there are
 * none. Its path begins as before, so redirect to it only from a path that is known: `//attacker.example/` would lead away.
 */
export function withoutTrailingSlash(url: string): string | undefined {
  const [, path, query = ''] = /^([^?]*[^/?])\/+(\?.*)?$/s.exec(url) ?? [];
  return path === undefined ? undefined : path + query;
}

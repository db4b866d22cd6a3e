/**
 * A URL without the slashes at its end. A loop, because `/\/+$/` takes time that grows with the square of a run of slashes, and an issuer
 * comes from a token whose signature has not been checked yet.
 */
export function withoutTrailingSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

import { EMBED_GROUP } from '../embed.ts';

/**
 * Where the page explains a code: also the `type` of a problem (RFC 9457). The embedded contract has words of its own, written for the
 * person on the screen, so the same code is explained twice.
 */
export function errorAnchor(code: string, group?: string): string {
  return group === EMBED_GROUP ? `embed-error-${code}` : `error-${code}`;
}

import { EMBED_GROUP } from '../embed.ts';

/**
 * The page's anchor for a code, which is also the `type` of a problem (RFC 9457). The embedded contract has its own messages, for the
 * person on the screen, so a code that both contracts have has two anchors.
 */
export function errorAnchor(code: string, group?: string): string {
  return group === EMBED_GROUP ? `embed-error-${code}` : `error-${code}`;
}

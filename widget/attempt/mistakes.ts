import type { OpenAttempt } from '../open-attempt.ts';
import { baseNote } from './base-note.ts';

/** What the vendor's developer has to correct before any person is asked. */
export function mistakeOf({ clientId, popup, redirectUri, verifier, wantsCode }: OpenAttempt): string {
  if (verifier === '' && !wantsCode) return 'The attribute code-challenge needs response-type="code".';
  // A popup was opened, or none is wanted, so open-attempt.ts has found everything else that it needs.
  if (popup !== undefined)
    return `The attribute redirect-uri must be an address of this page's origin, but is ${redirectUri}.${baseNote(redirectUri ?? '')}`;
  if (origin === 'null')
    return 'This page has no origin that can be registered, because it is a file, has a data: address, or is sandboxed without allow-same-origin.';
  if (!isSecureContext) return 'Serve this page over HTTPS, or from localhost.';
  if (!clientId) return 'Set the attribute client-id.';
  return 'Set the attribute platform to the origin of the platform.';
}

/** Why the page itself does not go to the platform, with `mode="redirect"`. */
export function whyNotLeaving({ redirectUri }: OpenAttempt): string {
  if (top !== window)
    return 'With mode="redirect", this page cannot be in a frame, because the platform’s pages cannot be framed.';
  if (!redirectUri) return 'With mode="redirect", set the attribute redirect-uri to a registered page of this origin.';
  return 'The browser forbids this page to use sessionStorage, which mode="redirect" needs.';
}

import type { OpenAttempt } from '../open-attempt.ts';
import { addressOf } from './address.ts';

/** What the vendor's developer has to correct before any person is asked. Undefined when no mistake is known. */
export function mistakeOf(attempt: OpenAttempt): string | undefined {
  const { clientId, popup, redirectUri, verifier, wantsCode } = attempt;
  if (verifier === '' && !wantsCode) return 'The attribute code-challenge needs response-type="code".';
  if (redirectUri && addressOf(redirectUri)?.origin !== origin)
    return `The attribute redirect-uri must be an address of this page's origin, but is ${redirectUri}.${baseNote(redirectUri)}`;
  // A popup was opened, or none is wanted, so open-attempt.ts has found everything it needs.
  if (popup !== undefined) return undefined;
  if (origin === 'null')
    return 'This page has no origin that can be registered, because it is a file or in a sandboxed frame without allow-same-origin.';
  if (!isSecureContext) return 'Serve this page over HTTPS, or from localhost.';
  if (!clientId) return 'Set the attribute client-id.';
  return 'Set the attribute platform to the origin of the platform.';
}

/** Relative addresses lead where the page's `<base>` does. */
export function baseNote(href: string): string {
  const leads = document.querySelector('base[href]') && href.startsWith(new URL(document.baseURI).origin);
  return leads ? ' The <base> of this page leads there: write the whole address.' : '';
}

/** Why the page itself does not go to the platform, with `mode="redirect"`. */
export function whyNotLeaving({ redirectUri }: OpenAttempt): string {
  if (isFramed())
    return 'With mode="redirect", this page cannot be in a frame, because the platform’s pages cannot be framed.';
  if (!redirectUri) return 'With mode="redirect", set the attribute redirect-uri to a registered page of this origin.';
  return 'The browser forbids this page to use sessionStorage, which mode="redirect" needs.';
}

export function isFramed(): boolean {
  return top !== window;
}

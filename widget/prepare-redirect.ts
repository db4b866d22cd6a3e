import type { RedirectWay } from './attempt/attempt-host.ts';
import { leave } from './attempt/leave.ts';
import { listenForRelay } from './attempt/relay.ts';
import { opensNoPopups } from './no-popups.ts';
import type { Pkce } from './open-attempt.ts';

/** What a click needs to know when its answer may come by redirect, or is a code. */
export interface RedirectPreparation extends RedirectWay {
  readonly pkce: Pkce;
  /** Whether the page itself has to go to the platform. */
  readonly noPopups: boolean;
}

/**
 * Made before anybody clicks, because hashing is asynchronous and a popup cannot wait. Loaded only where it is needed.
 *
 * @param verifier random, in the characters that RFC 7636 section 4.1 allows
 */
export async function prepareRedirect(verifier: string): Promise<RedirectPreparation> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const challenge = btoa(String.fromCharCode(...new Uint8Array(hash)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '');
  return { pkce: { verifier, challenge }, noPopups: opensNoPopups(navigator), leave, listenForRelay };
}

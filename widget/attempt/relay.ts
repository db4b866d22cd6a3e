import type { RedirectWay } from './attempt-host.ts';

/** Name of the channel on which the page at the redirect URI passes a response on. Only pages of this origin hear it. */
export function relayChannel(state: string): string {
  return `signup-with-platform:${state}`;
}

/** Tells the page at the redirect URI that its response was taken, so that it can close. */
export const TAKEN = 'taken';

/**
 * Listens for the response on this page's own origin, because a Cross-Origin-Opener-Policy cuts the popup off from the page that opened
 * it, but not from the vendor's other pages.
 */
export const listenForRelay: RedirectWay['listenForRelay'] = (attempt, read, send) => {
  const channel = new BroadcastChannel(relayChannel(attempt.id));
  attempt.abort.signal.addEventListener('abort', () => channel.close());
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null) return;
    const event = read(data as Record<string, unknown>, attempt);
    if (!event) return;
    channel.postMessage(TAKEN);
    send(event);
  });
};

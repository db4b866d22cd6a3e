import type { OpenAttempt } from '../open-attempt.ts';
import { readResponse } from './read-message.ts';
import type { SignupFlowEvent } from './signup-flow.ts';

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
export function listenForRelay(attempt: OpenAttempt, onEvent: (event: SignupFlowEvent) => void): void {
  const { id, platform, wantsCode, abort } = attempt;
  const channel = new BroadcastChannel(relayChannel(id));
  abort.signal.addEventListener('abort', () => channel.close());
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null) return;
    const event = readResponse(data as Record<string, unknown>, { platform, state: id });
    if (!event) return;
    channel.postMessage(TAKEN);
    onEvent(event.type === 'response' ? { ...event, redeem: !wantsCode } : event);
  });
}

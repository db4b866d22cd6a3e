import type { ScriptData } from './read-data.ts';

/**
 * Runs in the browser: tells the page that opened this window that it goes to another site for a while, which may cut the two off from each
 * other, and goes there. It is in no history, so that the back button leads to what was before.
 */
export function goAway({ message, targetOrigin, relay }: ScriptData): void {
  if (message && window.opener) window.opener.postMessage(message, targetOrigin);
  if (relay) location.replace(relay);
}

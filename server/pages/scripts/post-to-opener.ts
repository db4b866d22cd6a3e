import type { ScriptData } from './read-data.ts';

/**
 * Runs in the browser, while the page is being parsed: tells the page that opened this window that the link to it is alive.
 * The target origin is exact, so that nobody else who might have opened the window can listen.
 */
export function postToOpener({ message, targetOrigin }: ScriptData): void {
  if (window.opener) window.opener.postMessage(message, targetOrigin);
}

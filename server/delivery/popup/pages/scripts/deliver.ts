import type { ScriptData } from '#pages/scripts/read-data.ts';

/**
 * Runs in the browser, on the last page: hands the message to the page that opened this window, to its exact origin alone, and closes.
 * What the person reads when that did not work is chosen by `data-delivery` on the root element.
 */
export function deliver({ message, targetOrigin, relay }: ScriptData): void {
  const root = document.documentElement;
  // There is no opener when the vendor's page has a Cross-Origin-Opener-Policy or was closed.
  if (!window.opener) {
    if (relay) location.replace(relay);
    root.dataset.delivery = relay ? 'pending' : 'unreachable';
    return;
  }
  window.opener.postMessage(message, targetOrigin);
  window.close();
  // Longer than a browser takes to close a window; still here means that it will not.
  const closeTimeoutMs = 800;
  setTimeout(() => {
    root.dataset.delivery = 'delivered';
  }, closeTimeoutMs);
}

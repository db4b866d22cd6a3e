/**
 * Runs in the browser, while the page is being parsed: tells the page that opened this window that the link to it is alive.
 * The target origin is exact, so that nobody else who might have opened the window can listen.
 */
export function postToOpener(): void {
  const { message, targetOrigin } = (document.currentScript as HTMLScriptElement).dataset;
  if (window.opener && message && targetOrigin) window.opener.postMessage(JSON.parse(message), targetOrigin);
}

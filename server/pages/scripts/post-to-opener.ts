import type { ScriptData } from './read-data.ts';

/**
 * Runs in the browser, while the page is being parsed: tells the page that opened this window that the link to it is alive, and again as long
 * as this page lives, so that the window of somebody who reads or types slowly is not closed (WCAG 2.2.1). When the attempt is over on the
 * server, the page says that, too, because it is what the person looks at.
 * The target origin is exact, so that nobody else who might have opened the window can listen.
 */
export function postToOpener({ message, targetOrigin, last, lastInMs }: ScriptData): void {
  const repeatMs = 20_000;
  const post = (what: unknown) => {
    if (window.opener) window.opener.postMessage(what, targetOrigin);
  };
  post(message);
  const timer = setInterval(post, repeatMs, message);
  // Back from the back/forward cache, whose pages do not live.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) post(message);
  });
  if (last)
    setTimeout(() => {
      clearInterval(timer);
      post(last);
    }, lastInMs);
}

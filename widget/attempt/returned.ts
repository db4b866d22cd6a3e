import type { RESPONSE_ERRORS } from '@signup-with-platform/protocol';
import type { OpenAttempt } from '../open-attempt.ts';
import type { stringsFor } from '../strings/strings.ts';
import { notice } from './notice.ts';
import { openTrees } from './query-all.ts';
import {
  type Arrival,
  attemptOf,
  type Departure,
  elementsOf,
  forward,
  pageOf,
  restore,
  takeAbandoned,
  takeArrival,
  takeDeparture,
} from './redirect.ts';
import { relayChannel, TAKEN } from './relay.ts';

export { attemptOfCredential } from './restore-credential.ts';

/** The element, as far as a return needs it. */
interface ResumableElement extends Element {
  resume(attempt: OpenAttempt, arrival: Arrival): Promise<void>;
}

/** Not imported, because a module that two chunks share becomes a third chunk. */
const ACCESS_DENIED: typeof RESPONSE_ERRORS.ACCESS_DENIED = 'access_denied';
/** How long a page at the redirect URI waits for its response to be taken, before it says that nobody took it. */
const TAKEN_TIMEOUT_MS = 3_000;
/** A browser closes a window faster than this, so a window that is still open will stay open. */
const CLOSE_TIMEOUT_MS = 800;

/**
 * Handles a response that came to this page, in its fragment from the platform or handed on by the page at the redirect URI. It is called
 * once, when the script loads.
 *
 * @param wordsOf for the text in a window that stays open
 * @param fragment of the address. It was removed from there, so that no reload, bookmark or shared link contains it
 */
export async function takeReturned(wordsOf: typeof stringsFor, fragment: string | undefined): Promise<void> {
  const fresh: Arrival | undefined = fragment ? Object.fromEntries(new URLSearchParams(fragment)) : undefined;
  const arrival = fresh ?? takeArrival();
  const state = arrival?.['state'];
  if (!arrival || !state) {
    const abandoned = takeAbandoned(location.href);
    if (abandoned && 'state' in abandoned) await resume(abandoned, refusalOf(abandoned));
    return;
  }
  const departure = takeDeparture(state);
  if (!departure) relay(state, arrival, wordsOf);
  else if ('spent' in departure) leave(departure.href);
  // A response is handed on only once. If that led to another page, this page takes it.
  else if (fresh && !isHere(departure.href)) forward(departure, arrival);
  else await resume(departure, arrival);
}

/** The person came back without an answer, which counts as a refusal. */
function refusalOf({ state, platform: iss }: Departure): Arrival {
  return { state, iss, error: ACCESS_DENIED };
}

function isHere(href: string): boolean {
  return pageOf(href) === pageOf(location.href);
}

/** The response was taken before, and the browser's back button loaded it again. */
function leave(href: string): void {
  if (!isHere(href)) location.replace(href);
}

/** This window is the popup, and can reach the page that opened it only through this channel. */
function relay(state: string, arrival: Arrival, wordsOf: typeof stringsFor): void {
  const channel = new BroadcastChannel(relayChannel(state));
  const orphaned = setTimeout(notice, TAKEN_TIMEOUT_MS, 'orphaned', wordsOf);
  // The channel stays open, because a page that the browser has put to sleep answers when it wakes up.
  channel.onmessage = ({ data }) => {
    if (data !== TAKEN) return;
    clearTimeout(orphaned);
    close();
    setTimeout(notice, CLOSE_TIMEOUT_MS, 'delivered', wordsOf);
  };
  channel.postMessage(arrival);
}

/** The page itself went to the platform and is back. */
async function resume(departure: Departure, arrival: Arrival): Promise<void> {
  // The page had its own fragment, e.g. the route of a single-page application. Going there loads nothing, and tells the page's router.
  if (isHere(departure.href) && departure.href !== location.href) location.replace(departure.href);
  const element = await elementOf(departure);
  await customElements.whenDefined('signup-with-platform');
  restore(departure);
  element.resume(attemptOf(departure), arrival);
}

/** The element that started the sign-up. A framework may render it later. */
async function elementOf({ clientId, index }: Departure): Promise<ResumableElement> {
  const find = () => {
    const found = elementsOf(clientId);
    return (found[index] ?? found[0]) as ResumableElement | undefined;
  };
  return (
    find() ??
    new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        const element = find();
        if (!element) return;
        observer.disconnect();
        resolve(element);
      });
      for (const tree of openTrees())
        observer.observe(tree, { childList: true, subtree: true, attributes: true, attributeFilter: ['client-id'] });
    })
  );
}

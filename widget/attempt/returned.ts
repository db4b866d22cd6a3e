import type { stringsFor } from '../strings/strings.ts';
import { notice } from './notice.ts';
import { openTrees } from './query-all.ts';
import {
  type Arrival,
  type Departure,
  elementsOf,
  forward,
  pageOf,
  restore,
  takeArrival,
  takeDeparture,
} from './redirect.ts';
import { relayChannel, TAKEN } from './relay.ts';

/** The element, as far as a return needs it. */
interface ResumableElement extends Element {
  resume(departure: Departure, arrival: Arrival): Promise<void>;
}

/** How long a page at the redirect URI waits for somebody to take its response, before it says that nobody did. */
const TAKEN_TIMEOUT_MS = 3_000;
/** Longer than a browser takes to close a window; still here means that it will not. */
const CLOSE_TIMEOUT_MS = 800;

/**
 * What a page does that a response came to: in its fragment, from the platform; or handed on by the page at the redirect URI. Called
 * once, as the script loads.
 *
 * @param wordsOf for what a window is told that stays
 * @param fragment of the address, which is clean by now: a reload, a bookmark or a link shared has nothing of it
 */
export async function takeReturned(wordsOf: typeof stringsFor, fragment: string | undefined): Promise<void> {
  const fresh: Arrival | undefined = fragment ? Object.fromEntries(new URLSearchParams(fragment)) : undefined;
  const arrival = fresh ?? takeArrival();
  const state = arrival?.['state'];
  if (!arrival || !state) return;
  const departure = takeDeparture(state);
  if (!departure) relay(state, arrival, wordsOf);
  else if ('spent' in departure) leave(departure.href);
  // Handed on once: where that led elsewhere, this is the page now.
  else if (fresh && !isHere(departure.href)) forward(departure, arrival);
  else await resume(departure, arrival);
}

function isHere(href: string): boolean {
  return pageOf(href) === pageOf(location.href);
}

/** The response was taken before, and the browser's back button came by it once more. */
function leave(href: string): void {
  if (!isHere(href)) location.replace(href);
}

/** This window is the popup, and the page that opened it is out of reach but for this channel. */
function relay(state: string, arrival: Arrival, wordsOf: typeof stringsFor): void {
  const channel = new BroadcastChannel(relayChannel(state));
  const orphaned = setTimeout(notice, TAKEN_TIMEOUT_MS, 'orphaned', wordsOf);
  // Kept open: a page that the browser has put to sleep answers when it wakes.
  channel.onmessage = ({ data }) => {
    if (data !== TAKEN) return;
    clearTimeout(orphaned);
    close();
    setTimeout(notice, CLOSE_TIMEOUT_MS, 'delivered', wordsOf);
  };
  channel.postMessage(arrival);
}

/** The page itself went away and is back. */
async function resume(departure: Departure, arrival: Arrival): Promise<void> {
  // A fragment of the page's own, such as the route of a single-page application: going there loads nothing, and tells the page.
  if (isHere(departure.href) && departure.href !== location.href) location.replace(departure.href);
  const element = await elementOf(departure);
  await customElements.whenDefined('signup-with-platform');
  restore(departure);
  element.resume(departure, arrival);
}

/** The element that was left: a framework may render it later. */
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

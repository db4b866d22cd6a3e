import type { SignupWithPlatform } from '../signup-with-platform.ts';
import {
  type Arrival,
  type Departure,
  elementsOf,
  forward,
  here,
  restore,
  takeArrival,
  takeDeparture,
} from './redirect.ts';
import { relayChannel, TAKEN } from './relay.ts';

/** How long a page at the redirect URI waits for somebody to take its response. */
const TAKEN_TIMEOUT_MS = 3_000;

/**
 * What a page does that a response came to: in its fragment, from the platform; or handed on by the page at the redirect URI. Called
 * once, as the script loads.
 */
export async function takeReturned(): Promise<void> {
  const arrival = fromAddress() ?? takeArrival();
  const state = arrival?.['state'];
  if (!arrival || !state) return;
  const departure = takeDeparture(state);
  if (!departure) relay(state, arrival);
  else if (departure.href !== here()) forward(departure, arrival);
  else await resume(departure, arrival);
}

/** Reads the fragment, and cleans the address bar: a reload, a bookmark or a link shared has nothing of it. */
function fromAddress(): Arrival | undefined {
  const parameters = new URLSearchParams(location.hash.slice(1));
  if (!parameters.has('state') || !parameters.has('iss')) return undefined;
  history.replaceState(history.state, '', here());
  return Object.fromEntries(parameters);
}

/** This window is the popup, and the page that opened it is out of reach but for this channel. */
function relay(state: string, arrival: Arrival): void {
  const channel = new BroadcastChannel(relayChannel(state));
  channel.onmessage = ({ data }) => {
    if (data === TAKEN) close();
  };
  channel.postMessage(arrival);
  setTimeout(() => channel.close(), TAKEN_TIMEOUT_MS);
}

/** The page itself went away and is back. */
async function resume(departure: Departure, arrival: Arrival): Promise<void> {
  restore(departure);
  const element = await elementOf(departure);
  await customElements.whenDefined('signup-with-platform');
  element.resume(departure, arrival);
}

/** The element that was left: a framework may render it later. */
async function elementOf({ clientId, index }: Departure): Promise<SignupWithPlatform> {
  const find = () => {
    const found = elementsOf(clientId);
    return (found[index] ?? found[0]) as SignupWithPlatform | undefined;
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
      observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['client-id'] });
    })
  );
}

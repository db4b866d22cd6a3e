import type { OpenAttempt } from '../open-attempt.ts';
import { queryAll } from './query-all.ts';
import { restoreTypedValues, type TypedValue, typedValues } from './typed-values.ts';

/** What has to outlive the page while the person is at the platform. In this tab's sessionStorage, and read once. */
export interface Departure {
  readonly state: string;
  readonly clientId: string;
  readonly platform: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  readonly wantsCode: boolean;
  /** Address of the page. */
  readonly href: string;
  /** Of the elements of this client id in the page, which one. */
  readonly index: number;
  readonly typed: readonly TypedValue[];
  readonly at: number;
}

/** What stays of a departure whose response came: where to go when the browser's back button brings that response once more. */
interface Spent {
  readonly href: string;
  readonly spent: true;
}

/** As long as the platform goes on with what was begun. */
const LIFETIME_MS = 60 * 60 * 1000;
const KEY_PREFIX = 'signup-with-platform:';
const departureKey = (state: string) => KEY_PREFIX + state;
/** A response that arrived at the redirect URI and belongs to another page. */
const ARRIVAL_KEY = `${KEY_PREFIX}arrival`;

/** As long as a code lives. */
const ARRIVAL_LIFETIME_MS = 60_000;

export type Arrival = Readonly<Record<string, string>>;
interface KeptArrival {
  readonly arrival: Arrival;
  readonly at: number;
}

/** Leaves for the platform, which comes back to the redirect URI. @returns false when the browser keeps nothing for the return */
export function depart(attempt: OpenAttempt, element: Element): boolean {
  const { id, clientId, platform, nonce, verifier, redirectUri, wantsCode } = attempt;
  // An empty verifier is the backend's own, which it keeps.
  if (verifier === undefined || !redirectUri) return false;
  const departure: Departure = {
    state: id,
    clientId,
    platform,
    nonce,
    verifier,
    redirectUri,
    wantsCode,
    href: location.href,
    index: elementsOf(clientId).indexOf(element),
    typed: typedValues(),
    at: Date.now(),
  };
  forgetDepartures();
  if (!keep(departureKey(id), departure)) return false;
  location.assign(`${attempt.url}&mode=redirect`);
  return true;
}

/** Those that nobody came back from hold what was typed, for as long as the tab is open. */
function forgetDepartures(): void {
  try {
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(KEY_PREFIX))) {
      const kept = take<Departure | Spent>(key);
      if (kept && 'spent' in kept) keep(key, kept);
    }
  } catch {
    // Nothing is kept where there is no storage.
  }
}

/** The attempt, as it goes on after the return. */
export function attemptOf(departure: Departure): OpenAttempt {
  const { state, at: _at, typed: _typed, index: _index, href: _href, ...kept } = departure;
  return { ...kept, id: state, url: '', popup: null, abort: new AbortController(), early: [], onMessage: () => {} };
}

/** The departure that a response belongs to, for this once: a second response finds only where it was. */
export function takeDeparture(state: string): Departure | Spent | undefined {
  const key = departureKey(state);
  const departure = take<Departure | Spent>(key);
  if (!departure) return undefined;
  keep(key, { href: departure.href, spent: true } satisfies Spent);
  return 'spent' in departure || Date.now() - departure.at < LIFETIME_MS ? departure : undefined;
}

/** Goes to the page that a response belongs to, and hands it on. */
export function forward(departure: Departure, arrival: Arrival): void {
  keep(departureKey(departure.state), departure);
  keep(ARRIVAL_KEY, { arrival, at: Date.now() } satisfies KeptArrival);
  location.replace(departure.href);
}

/** What was handed on a moment ago: where that page did not load the script, another one later is not to be surprised by it. */
export function takeArrival(): Arrival | undefined {
  const kept = take<KeptArrival>(ARRIVAL_KEY);
  return kept && Date.now() - kept.at < ARRIVAL_LIFETIME_MS ? kept.arrival : undefined;
}

/** Puts back what the person had typed. */
export function restore({ typed }: Departure): void {
  restoreTypedValues(typed);
}

/** Each time in the same order. */
export function elementsOf(clientId: string): Element[] {
  const elements = queryAll<Element & { clientId?: string }>('signup-with-platform');
  return elements.filter((element) => element.clientId === clientId);
}

/** An address without its fragment. */
export function pageOf(href: string): string {
  return href.replace(/#.*/s, '');
}

/** @returns false where the browser keeps nothing: full, or forbidden */
function keep(key: string, value: unknown): boolean {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function take<Value>(key: string): Value | undefined {
  try {
    const text = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return text === null ? undefined : (JSON.parse(text) as Value);
  } catch {
    return undefined;
  }
}

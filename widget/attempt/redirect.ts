import type { OpenAttempt } from '../open-attempt.ts';
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
  /** Address of the page, without a fragment. */
  readonly href: string;
  /** Of the elements of this client id in the page, which one. */
  readonly index: number;
  readonly typed: readonly TypedValue[];
  readonly at: number;
}

const LIFETIME_MS = 10 * 60 * 1000;
const departureKey = (state: string) => `signup-with-platform:${state}`;
/** A response that arrived at the redirect URI and belongs to another page. */
const ARRIVAL_KEY = 'signup-with-platform:arrival';

export type Arrival = Readonly<Record<string, string>>;

/** Leaves for the platform, which comes back to the redirect URI. @returns false when the browser keeps nothing for the return */
export function depart(attempt: OpenAttempt, element: Element): boolean {
  const { id, clientId, platform, nonce, verifier, redirectUri, wantsCode } = attempt;
  if (!verifier || !redirectUri) return false;
  const departure: Departure = {
    state: id,
    clientId,
    platform,
    nonce,
    verifier,
    redirectUri,
    wantsCode,
    href: here(),
    index: elementsOf(clientId).indexOf(element),
    typed: typedValues(),
    at: Date.now(),
  };
  try {
    sessionStorage.setItem(departureKey(id), JSON.stringify(departure));
  } catch {
    return false;
  }
  location.assign(`${attempt.url}&mode=redirect`);
  return true;
}

/** The attempt, as it goes on after the return. */
export function attemptOf(departure: Departure): OpenAttempt {
  const { state, at: _at, typed: _typed, index: _index, href: _href, ...kept } = departure;
  return { ...kept, id: state, url: '', popup: null, abort: new AbortController(), early: [], onMessage: () => {} };
}

/** The departure that a response belongs to, out of the storage: a second response finds nothing. */
export function takeDeparture(state: string): Departure | undefined {
  const departure = take<Departure>(departureKey(state));
  return departure && Date.now() - departure.at < LIFETIME_MS ? departure : undefined;
}

/** Goes to the page that a response belongs to, and hands it on. */
export function forward(departure: Departure, arrival: Arrival): void {
  sessionStorage.setItem(departureKey(departure.state), JSON.stringify(departure));
  sessionStorage.setItem(ARRIVAL_KEY, JSON.stringify(arrival));
  location.replace(departure.href);
}

export function takeArrival(): Arrival | undefined {
  return take<Arrival>(ARRIVAL_KEY);
}

/** Puts back what the person had typed. */
export function restore({ typed }: Departure): void {
  restoreTypedValues(typed);
}

/** In the order of the document. */
export function elementsOf(clientId: string): Element[] {
  return [...document.querySelectorAll('signup-with-platform')].filter(
    (element) => (element as Element & { clientId?: string }).clientId === clientId,
  );
}

/** The address of this page, without a fragment. */
export function here(): string {
  return location.href.replace(/#.*/s, '');
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

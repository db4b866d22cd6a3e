import type { OpenAttempt } from '../open-attempt.ts';
import { answeredAttempt } from './answered-attempt.ts';
import { queryAll } from './query-all.ts';
import { restoreTypedValues, type TypedValue, typedValues } from './typed-values.ts';

/** What has to be kept while the person is at the platform. It is in this tab's sessionStorage, and is read once. */
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
  /** The position of the element among those of the page that have this client id. */
  readonly index: number;
  readonly typed: readonly TypedValue[];
  readonly at: number;
}

/** What is kept of a departure after its response: where to go when the browser's back button loads that response again. */
interface Spent {
  readonly href: string;
  readonly spent: true;
}

/** The platform keeps an interaction for this long. */
const LIFETIME_MS = 60 * 60 * 1000;
const KEY_PREFIX = 'signup-with-platform:';
const departureKey = (state: string) => KEY_PREFIX + state;
/** For a response that arrived at the redirect URI and belongs to another page. */
const ARRIVAL_KEY = `${KEY_PREFIX}arrival`;

/** A code is valid for this long. */
const ARRIVAL_LIFETIME_MS = 60_000;

export type Arrival = Readonly<Record<string, string>>;
interface KeptArrival {
  readonly arrival: Arrival;
  readonly at: number;
}

/** Goes to the platform, which returns to the redirect URI. @returns false when the browser cannot store what the return needs */
export function depart(attempt: OpenAttempt, element: Element): boolean {
  const { id, clientId, platform, nonce, verifier, redirectUri, wantsCode } = attempt;
  // The verifier is empty when the backend keeps its own.
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

/** Removes departures without a return, because they would keep what was typed for as long as the tab is open. */
function forgetDepartures(): void {
  try {
    for (const key of Object.keys(window.sessionStorage).filter((name) => name.startsWith(KEY_PREFIX))) {
      const kept = take<Departure | Spent>(key);
      if (kept && 'spent' in kept) keep(key, kept);
    }
  } catch {
    // Where there is no storage, nothing is kept.
  }
}

/** The attempt as it continues after the return. */
export function attemptOf(departure: Departure): OpenAttempt {
  const { state, at: _at, typed: _typed, index: _index, href: _href, ...kept } = departure;
  return answeredAttempt({ ...kept, id: state });
}

/** Takes the departure that a response belongs to. A second response finds only the address of the page. */
export function takeDeparture(state: string): Departure | Spent | undefined {
  const key = departureKey(state);
  const departure = take<Departure | Spent>(key);
  if (!departure) return undefined;
  keep(key, { href: departure.href, spent: true } satisfies Spent);
  return 'spent' in departure || Date.now() - departure.at < LIFETIME_MS ? departure : undefined;
}

/** Takes the departure of a page that is shown again without a response: the person went back. */
export function takeAbandoned(href: string): Departure | undefined {
  try {
    for (const key of Object.keys(window.sessionStorage).filter((name) => name.startsWith(KEY_PREFIX))) {
      const kept = read<Partial<Departure>>(key);
      if (kept?.state && kept.href && pageOf(kept.href) === pageOf(href)) return take<Departure>(key);
    }
  } catch {
    // Where there is no storage, nothing is kept.
  }
  return undefined;
}

/** Goes to the page that a response belongs to, and hands the response on. */
export function forward(departure: Departure, arrival: Arrival): void {
  keep(departureKey(departure.state), departure);
  keep(ARRIVAL_KEY, { arrival, at: Date.now() } satisfies KeptArrival);
  location.replace(departure.href);
}

/** The response that was handed on a moment ago. An older one is dropped, because the page it was for did not load the script. */
export function takeArrival(): Arrival | undefined {
  const kept = take<KeptArrival>(ARRIVAL_KEY);
  return kept && Date.now() - kept.at < ARRIVAL_LIFETIME_MS ? kept.arrival : undefined;
}

/** Restores what the person had typed. */
export function restore({ typed }: Departure): void {
  restoreTypedValues(typed);
}

/** Always in the same order. */
export function elementsOf(clientId: string): Element[] {
  const elements = queryAll<Element & { clientId?: string }>('signup-with-platform');
  return elements.filter((element) => element.clientId === clientId);
}

/** An address without its fragment. */
export function pageOf(href: string): string {
  return href.replace(/#.*/s, '');
}

/** @returns false when the storage is full or forbidden */
function keep(key: string, value: unknown): boolean {
  try {
    window.sessionStorage.setItem(key, toJson(value));
    return true;
  } catch {
    return false;
  }
}

/** Like `JSON.stringify` for what is kept here, but without `toJSON`, which old libraries add to arrays (Prototype.js). */
function toJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toJson)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${toJson(member)}`)}}`;
}

function take<Value>(key: string): Value | undefined {
  const value = read<Value>(key);
  try {
    window.sessionStorage.removeItem(key);
  } catch {
    // Where there is no storage, nothing is kept.
  }
  return value;
}

function read<Value>(key: string): Value | undefined {
  try {
    const text = window.sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as Value);
  } catch {
    return undefined;
  }
}

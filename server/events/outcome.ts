import type { EventKind } from './app-event.ts';

/** How an attempt to sign up stands. */
export type Outcome =
  /** The app has what it asked for. */
  | 'shared'
  | 'cancelled'
  | 'failed'
  /** Somebody has the page before them. */
  | 'waiting'
  /** Nobody has answered for longer than a page lives. */
  | 'left';

/** A page that nobody answers ends after this. */
export const ATTEMPT_LIFETIME_MS = 60 * 60 * 1000;

/** What ends an attempt. Events of several processes may be stored in another order, so what comes before an end never undoes it. */
const ENDS: Partial<Record<string, Outcome>> = {
  'credential.issued': 'shared',
  'code.redeemed': 'shared',
  'device.approved': 'shared',
  'popup.cancelled': 'cancelled',
  'popup.refused': 'failed',
  'token.refused': 'failed',
} satisfies Partial<Record<EventKind, Outcome>>;

/** After these, the person may still try again. */
const SETBACKS: ReadonlySet<string> = new Set<EventKind>(['endpoint.refused', 'endpoint.unavailable']);

interface Happened {
  id: string;
  kind: string;
  at: Date;
}

/** How an attempt stands after an event, if that is the one that counts. */
export function outcomeAfter({ kind }: Pick<Happened, 'kind'>): Exclude<Outcome, 'left'> {
  const end = ENDS[kind];
  if (end === 'shared' || end === 'cancelled' || end === 'failed') return end;
  return SETBACKS.has(kind) ? 'failed' : 'waiting';
}

/** Of an attempt's events, the one with the highest rank counts: the last of those that end it, or else the last. */
export function rankOf({ id, kind }: Pick<Happened, 'id' | 'kind'>): string {
  return `${ENDS[kind] === undefined ? 0 : 1}${id}`;
}

/**
 * How an attempt stands, and the event that says so.
 * @param events of one attempt, in any order; at least one
 */
export function outcomeOf<Event extends Happened>(
  events: readonly [Event, ...Event[]],
  nowMs: number,
): { outcome: Outcome; by: Event } {
  const by = events.reduce((found, event) => (rankOf(event) > rankOf(found) ? event : found));
  const outcome = outcomeAfter(by);
  const isLeft = outcome === 'waiting' && nowMs - by.at.getTime() > ATTEMPT_LIFETIME_MS;
  return { outcome: isLeft ? 'left' : outcome, by };
}

import { randomBytes } from 'node:crypto';

const TIME_LENGTH = 9;
const SEQUENCE_LENGTH = 4;
const SEQUENCES = 36 ** SEQUENCE_LENGTH;
/** Digits and lower-case letters alone: every collation orders them alike. */
const EVENT_ID = /^[0-9a-z]{13}[0-9a-f]{10}$/;

/**
 * Ids of events, in the order in which one process made them: time, sequence, and what tells processes apart. They are no secrets, only
 * addresses in a list.
 */
export class EventIds {
  readonly #process = randomBytes(5).toString('hex');
  #sequence = 0;

  next(at: number): string {
    this.#sequence = (this.#sequence + 1) % SEQUENCES;
    return eventIdPrefix(at) + this.#sequence.toString(36).padStart(SEQUENCE_LENGTH, '0') + this.#process;
  }
}

/** Sorts before every id of that moment. @param at milliseconds since the epoch */
export function eventIdPrefix(at: number): string {
  return at.toString(36).padStart(TIME_LENGTH, '0');
}

export function isEventId(text: string): boolean {
  return EVENT_ID.test(text);
}

/** When the event of that id happened, in milliseconds since the epoch. */
export function timeOfEventId(id: string): number {
  return Number.parseInt(id.slice(0, TIME_LENGTH), 36);
}

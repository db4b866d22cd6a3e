import { randomBytes } from 'node:crypto';

const TIME_LENGTH = 9;
const SEQUENCE_LENGTH = 4;
const SEQUENCES = 36 ** SEQUENCE_LENGTH;
/** Only digits and lower-case letters, because every database collation orders those alike. */
const EVENT_ID = /^[0-9a-z]{13}[0-9a-f]{10}$/;

/**
 * Makes ids of events that sort in the order in which a process made them: time, sequence number, process. They are not secret; they only
 * address an entry of the log.
 */
export class EventIds {
  readonly #process = randomBytes(5).toString('hex');
  #sequence = 0;

  next(at: number): string {
    this.#sequence = (this.#sequence + 1) % SEQUENCES;
    return eventIdPrefix(at) + this.#sequence.toString(36).padStart(SEQUENCE_LENGTH, '0') + this.#process;
  }
}

/** A prefix that sorts before every id of that millisecond. @param at milliseconds since the epoch */
export function eventIdPrefix(at: number): string {
  return at.toString(36).padStart(TIME_LENGTH, '0');
}

export function isEventId(text: string): boolean {
  return EVENT_ID.test(text);
}

/** The time in an event's id, in milliseconds since the epoch. */
export function timeOfEventId(id: string): number {
  return Number.parseInt(id.slice(0, TIME_LENGTH), 36);
}

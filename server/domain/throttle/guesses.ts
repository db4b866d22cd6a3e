import { networkKey } from './network-key.ts';
import type { Throttle } from './throttle.ts';

/** Who may be guessing, and at what. */
export interface Guess {
  /** What is guessed at, e.g. an email address. */
  subject: string;
  /** Where the guess comes from, see below. A wrong guess from one place never slows another place that has tried less. */
  place: string;
  /** Whether the place has nothing to do with the subject yet. Strangers have a common count, too. */
  stranger: boolean;
}

export type Admission =
  /** `paceMs`: how long the place has to wait after this guess if it is wrong. 0: not at all */
  { admitted: true; paceMs: number } | { admitted: false; retryAfterMs: number };

/** Wrong guesses that are free of delay. */
const FREE_GUESSES = 10;
const FIRST_DELAY_MS = 10_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/**
 * From so many wrong guesses by strangers on, each place waits between two guesses from the first one on. One network alone does not get
 * there within the window: its own delays leave it about 120 guesses.
 */
const MANY_STRANGERS = 150;
const DELAY_AMONG_MANY_MS = 5 * 60_000;
/** From so many on, somebody has a lot of networks. Each has one guess a day, so that even a thousand of them get nowhere. */
const ATTACK = 500;
const DELAY_UNDER_ATTACK_MS = 24 * 60 * 60_000;

/** The place of a browser in which the person has signed in before. */
export function deviceAsPlace(deviceId: string): string {
  return `device:${deviceId}`;
}

/** The place of everybody else. */
export function networkAsPlace(address: string | undefined): string {
  return `network:${(address === undefined ? undefined : networkKey(address)) ?? 'local'}`;
}

/** Who pays for a place in a queue, of passwords or of requests: by /48, because a site gets no more, and whoever has one has 65 536 networks. */
export function networkAsPayer(address: string | undefined): string {
  return `network:${(address === undefined ? undefined : networkKey(address, 48)) ?? 'local'}`;
}

/**
 * Counts a guess before the secret is checked, so that parallel guesses cannot get around the limit. Nobody is ever locked out: a place
 * that has guessed wrong too often has to wait between two guesses, each time longer, and the first guess of a place is always checked.
 */
export async function admitGuess(throttle: Throttle, guess: Guess): Promise<Admission> {
  const key = keyOf(guess);
  const [here, strangers] = await Promise.all([
    throttle.tally('guesses', key),
    guess.stranger ? throttle.tally('strangersGuesses', guess.subject) : 0,
  ]);
  const paceMs = delayAfter(here, strangers);
  if (paceMs === 0) return { admitted: true, paceMs };
  const retryAfterMs = await throttle.pace('guessPace', key, paceMs);
  if (retryAfterMs === 0) return { admitted: true, paceMs };
  // It was not checked, so it was no guess.
  await takeBack(throttle, guess);
  return { admitted: false, retryAfterMs };
}

/**
 * The guess was right, so it was none. What was wrong before it, from the same place, is forgotten only where the secret is one person's:
 * several accounts may claim an address, and whoever knows the password of one must not get new guesses at the others by it.
 */
export async function rightGuess(throttle: Throttle, guess: Guess, { shared = false } = {}): Promise<void> {
  if (shared) return uncheckedGuess(throttle, guess);
  const key = keyOf(guess);
  await Promise.all([
    throttle.forget('guesses', key),
    throttle.forget('guessPace', key),
    guess.stranger && throttle.giveBack('strangersGuesses', guess.subject),
  ]);
}

/** Uncounts a guess that was admitted, but not checked because the server had too much to do. */
export async function uncheckedGuess(throttle: Throttle, guess: Guess): Promise<void> {
  await Promise.all([takeBack(throttle, guess), throttle.forget('guessPace', keyOf(guess))]);
}

async function takeBack(throttle: Throttle, guess: Guess): Promise<void> {
  await Promise.all([
    throttle.giveBack('guesses', keyOf(guess)),
    guess.stranger && throttle.giveBack('strangersGuesses', guess.subject),
  ]);
}

/** @param here wrong guesses of the place, with the present one. @param strangers the same of all strangers */
export function delayAfter(here: number, strangers: number): number {
  if (strangers > ATTACK) return DELAY_UNDER_ATTACK_MS;
  if (strangers > MANY_STRANGERS) return DELAY_AMONG_MANY_MS;
  if (here <= FREE_GUESSES) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (here - FREE_GUESSES - 1), LONGEST_DELAY_MS);
}

function keyOf({ subject, place }: Guess): string {
  return JSON.stringify([subject, place]);
}

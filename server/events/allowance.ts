import type { Bound } from '../load/bound.ts';

/** How many keys are counted, some megabytes. A key is an app that had an event within the longest window, a day. */
const MAX_KEYS = 10_000;

/** At most `max` events within `durationMs`. */
export interface Window {
  durationMs: number;
  max: number;
}

interface Count {
  /** For each window: when it ends, and how many events it has counted. */
  windows: { endsAtMs: number; taken: number }[];
  refused: number;
}

/**
 * Limits events by key, in memory, against several windows at once. It also counts the refused events, which `settle` reports once.
 * Keys that come when there are as many as may be share one count, so that the limit holds for all of them together.
 */
export class Allowance implements Bound {
  /** How many keys are counted at most. */
  readonly max: number;
  readonly #windows: readonly Window[];
  readonly #counts = new Map<string, Count>();
  #others: Count | undefined;
  #lost = 0;

  constructor(windows: readonly Window[], maxKeys = MAX_KEYS) {
    this.#windows = windows;
    this.max = maxKeys;
  }

  /** How many keys are being counted. */
  get size(): number {
    return this.#counts.size;
  }

  /** How many events were refused to keys that have no count of their own. */
  get lost(): number {
    return this.#lost;
  }

  /** Counts one event. @returns false, without counting it, when a window is full */
  take(key: string, nowMs: number): boolean {
    const count = this.#counts.get(key) ?? this.#begin(key, nowMs);
    let isAllowed = true;
    for (let index = 0; index < this.#windows.length; index += 1) {
      const { durationMs, max } = this.#windows[index] as Window;
      const state = count.windows[index] as Count['windows'][number];
      if (state.endsAtMs <= nowMs) {
        state.endsAtMs = nowMs + durationMs;
        state.taken = 0;
      }
      if (state.taken >= max) isAllowed = false;
    }
    if (!isAllowed) {
      count.refused += 1;
      if (count === this.#others) this.#lost += 1;
      return false;
    }
    for (const state of count.windows) state.taken += 1;
    return true;
  }

  /** The number of events refused since the last call, by key. Forgets keys whose windows have all ended. */
  settle(nowMs: number): { key: string; refused: number }[] {
    const told: { key: string; refused: number }[] = [];
    for (const [key, count] of this.#counts) {
      if (count.refused > 0) told.push({ key, refused: count.refused });
      count.refused = 0;
      if (count.windows.every(({ endsAtMs }) => endsAtMs <= nowMs)) this.#counts.delete(key);
    }
    return told;
  }

  #begin(key: string, nowMs: number): Count {
    const isFull = this.#counts.size >= this.max;
    if (isFull && this.#others) return this.#others;
    const count = {
      windows: this.#windows.map(({ durationMs }) => ({ endsAtMs: nowMs + durationMs, taken: 0 })),
      refused: 0,
    };
    if (isFull) this.#others = count;
    else this.#counts.set(key, count);
    return count;
  }
}

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
 */
export class Allowance {
  readonly #windows: readonly Window[];
  #counts = new Map<string, Count>();

  constructor(windows: readonly Window[]) {
    this.#windows = windows;
  }

  /** How many keys are being counted. */
  get size(): number {
    return this.#counts.size;
  }

  /** Counts one event. @returns false, without counting it, when a window is full */
  take(key: string, nowMs: number): boolean {
    let count = this.#counts.get(key);
    if (!count) {
      count = {
        windows: this.#windows.map(({ durationMs }) => ({ endsAtMs: nowMs + durationMs, taken: 0 })),
        refused: 0,
      };
      this.#counts.set(key, count);
    }
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
}

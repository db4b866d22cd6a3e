/** The browser's own, so that a test can wait while time stands still. */
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout, setInterval: realSetInterval } = window;
const { clearInterval: realClearInterval } = window;

interface Timer {
  readonly run: () => void;
  atMs: number;
  readonly everyMs: number | undefined;
}

/** Lets everything happen that only waits for its turn: promises, and messages of a channel. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Replaces the timers of this page: time goes on only when the test says so. */
export class FakeTime {
  readonly #timers = new Map<number, Timer>();
  #nowMs = 0;
  #lastId = 1_000_000;

  constructor() {
    const add = (run: (...values: unknown[]) => void, ms = 0, values: unknown[], repeats: boolean) => {
      this.#lastId += 1;
      const everyMs = repeats ? Math.max(1, ms) : undefined;
      this.#timers.set(this.#lastId, { run: () => run(...values), atMs: this.#nowMs + ms, everyMs });
      return this.#lastId;
    };
    const remove = (id: number) => void this.#timers.delete(id);
    Object.assign(window, {
      setTimeout: (run: () => void, ms?: number, ...values: unknown[]) => add(run, ms, values, false),
      setInterval: (run: () => void, ms?: number, ...values: unknown[]) => add(run, ms, values, true),
      clearTimeout: remove,
      clearInterval: remove,
    });
  }

  /** Runs what is due within this time, each in its turn. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (let due = this.#next(endMs); due; due = this.#next(endMs)) {
      const [id, timer] = due;
      this.#nowMs = Math.max(this.#nowMs, timer.atMs);
      if (timer.everyMs === undefined) this.#timers.delete(id);
      else timer.atMs += timer.everyMs;
      timer.run();
      // Several promises may follow from one timer.
      for (let i = 0; i < 5; i += 1) await undefined;
    }
    this.#nowMs = endMs;
    await turn();
  }

  #next(endMs: number): [number, Timer] | undefined {
    let next: [number, Timer] | undefined;
    for (const entry of this.#timers)
      if (entry[1].atMs <= endMs && entry[1].atMs < (next?.[1].atMs ?? Infinity)) next = entry;
    return next;
  }

  restore(): void {
    Object.assign(window, {
      setTimeout: realSetTimeout,
      setInterval: realSetInterval,
      clearTimeout: realClearTimeout,
      clearInterval: realClearInterval,
    });
  }
}

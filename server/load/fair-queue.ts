import type { Bound } from './bound.ts';
import { OverloadedError } from './overloaded-error.ts';

interface Waiting {
  start(): void;
  refuse(reason: OverloadedError): void;
}

/**
 * Runs expensive work a few at a time, and refuses more than can be done soon. Each payer, such as a network, has a line of its own, and the
 * lines take turns. When all places are taken, whoever has the longest line loses its last place. So nobody can fill the queue: a flood
 * from one network waits for itself, and everybody else is next.
 */
export class FairQueue implements Bound {
  /** How many may wait. */
  readonly max: number;
  readonly #name: string;
  readonly #concurrency: number;
  readonly #lines = new Map<string, Waiting[]>();
  #running = 0;
  #waiting = 0;
  #lost = 0;

  /** @param name of what waits, in the plural, for the log */
  constructor(name: string, { concurrency, maxWaiting }: { concurrency: number; maxWaiting: number }) {
    this.#name = name;
    this.#concurrency = concurrency;
    this.max = maxWaiting;
  }

  /** How many wait now. */
  get size(): number {
    return this.#waiting;
  }

  get lost(): number {
    return this.#lost;
  }

  /**
   * Runs `work` when it is its turn.
   * @param payer who has asked for it
   * @throws OverloadedError without running it
   */
  async run<Result>(payer: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#running < this.#concurrency) this.#running += 1;
    else await this.#turn(payer);
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  /**
   * Refuses at once what would be refused later, before anything is read or counted for it, because a flood is refused most of the time.
   * @throws OverloadedError
   */
  assertRoomFor(payer: string): void {
    if (this.#waiting >= this.max && this.#lineToShorten(payer) === undefined) throw this.#refusal();
  }

  /** Resolves when the caller may run in place of one that has ended. */
  #turn(payer: string): Promise<void> {
    if (this.#waiting >= this.max) this.#makeRoomFor(payer);
    return new Promise((resolve, reject) => {
      const line = this.#lines.get(payer) ?? [];
      line.push({ start: resolve, refuse: reject });
      this.#lines.set(payer, line);
      this.#waiting += 1;
    });
  }

  /** Takes the last place of the longest line. @throws OverloadedError when that is the payer's own */
  #makeRoomFor(payer: string): void {
    const last = this.#lineToShorten(payer)?.pop();
    if (!last) throw this.#refusal();
    this.#waiting -= 1;
    last.refuse(this.#refusal());
  }

  /** The longest line, if it is longer than the payer's own would become. */
  #lineToShorten(payer: string): Waiting[] | undefined {
    let longest: Waiting[] | undefined;
    let length = (this.#lines.get(payer)?.length ?? 0) + 1;
    for (const line of this.#lines.values()) if (line.length > length) [longest, length] = [line, line.length];
    return longest;
  }

  #refusal(): OverloadedError {
    this.#lost += 1;
    return new OverloadedError(`too many ${this.#name} wait`);
  }

  #next(): void {
    // A map keeps the order of insertion, so the first line is the one that has had no turn for longest.
    for (const [payer, line] of this.#lines) {
      const first = line.shift();
      this.#lines.delete(payer);
      if (line.length > 0) this.#lines.set(payer, line);
      if (!first) continue;
      this.#waiting -= 1;
      first.start();
      return;
    }
    this.#running -= 1;
  }
}

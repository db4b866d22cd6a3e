import { availableParallelism } from 'node:os';

/** Thrown when so many passwords wait to be hashed that another one would wait too long. Nothing has been done. */
export class OverloadedError extends Error {
  override name = 'OverloadedError';
  readonly statusCode = 503;
  readonly retryAfterSeconds = 2;

  constructor() {
    super('too many passwords are waiting to be hashed');
  }
}

interface Waiting {
  start(): void;
  refuse(reason: OverloadedError): void;
}

/**
 * Runs expensive work a few at a time, and refuses more than can be done soon. Each payer, such as a network, has a line of its own, and the
 * lines take turns. When all places are taken, whoever has the longest line loses its last place. So nobody can fill the queue: a flood
 * from one network waits for itself, and everybody else is next.
 */
export class HashQueue {
  readonly #concurrency: number;
  readonly #maxWaiting: number;
  readonly #lines = new Map<string, Waiting[]>();
  #running = 0;
  #waiting = 0;
  #refused = 0;

  constructor({ concurrency, maxWaiting }: { concurrency: number; maxWaiting: number }) {
    this.#concurrency = concurrency;
    this.#maxWaiting = maxWaiting;
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#waiting;
  }

  /** How many have been refused since the start. */
  get refused(): number {
    return this.#refused;
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

  /** Resolves when the caller may run in place of one that has ended. */
  #turn(payer: string): Promise<void> {
    if (this.#waiting >= this.#maxWaiting && !this.#makeRoomFor(payer)) {
      this.#refused += 1;
      throw new OverloadedError();
    }
    return new Promise((resolve, reject) => {
      const line = this.#lines.get(payer) ?? [];
      line.push({ start: resolve, refuse: reject });
      this.#lines.set(payer, line);
      this.#waiting += 1;
    });
  }

  /** Takes the last place of the longest line, if that is longer than the payer's own would become. */
  #makeRoomFor(payer: string): boolean {
    const own = this.#lines.get(payer)?.length ?? 0;
    let longest = payer;
    let length = own + 1;
    for (const [each, line] of this.#lines) {
      if (line.length > length) [longest, length] = [each, line.length];
    }
    if (longest === payer) return false;
    const last = this.#lines.get(longest)?.pop();
    this.#waiting -= 1;
    this.#refused += 1;
    last?.refuse(new OverloadedError());
    return true;
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

/** Node's thread pool has four threads, and more hashes at once than processors only make each of them slower. */
const CONCURRENCY = Math.min(availableParallelism(), 4);
/** The last one waits a second or two: a sign-in takes 30 to 90 ms. */
const WAITING_PER_PROCESSOR = 32;
export const MAX_WAITING = CONCURRENCY * WAITING_PER_PROCESSOR;

/** All passwords of this process go through it. */
export const hashQueue = new HashQueue({ concurrency: CONCURRENCY, maxWaiting: MAX_WAITING });

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
  #concurrency: number;
  #maxWaiting: number;
  readonly #lines = new Map<string, Waiting[]>();
  #running = 0;
  #waiting = 0;
  #refused = 0;

  constructor({ concurrency, maxWaiting }: { concurrency: number; maxWaiting: number }) {
    this.#concurrency = concurrency;
    this.#maxWaiting = maxWaiting;
  }

  /** Whoever runs or waits meanwhile goes on. */
  setLimits({ concurrency, maxWaiting }: { concurrency: number; maxWaiting: number }): void {
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

  /**
   * Refuses at once what would be refused later, before anything is read or counted for it, because a flood is refused most of the time.
   * @throws OverloadedError
   */
  assertRoomFor(payer: string): void {
    if (this.#waiting >= this.#maxWaiting && this.#lineToShorten(payer) === undefined) throw this.#refusal();
  }

  /** Resolves when the caller may run in place of one that has ended. */
  #turn(payer: string): Promise<void> {
    if (this.#waiting >= this.#maxWaiting) this.#makeRoomFor(payer);
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
    this.#refused += 1;
    return new OverloadedError();
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

/**
 * More hashes at once than processors only make each of them slower. Node's thread pool has four threads, and also compresses, reads files and
 * looks names up, so one of them is left to that.
 */
const CONCURRENCY = Math.min(availableParallelism(), 3);
/** The last one waits a second or two: a sign-in takes 30 to 90 ms. */
const WAITING_PER_PROCESSOR = 32;
export const MAX_WAITING = CONCURRENCY * WAITING_PER_PROCESSOR;

/** All passwords of this process go through it. */
export const hashQueue = new HashQueue({ concurrency: CONCURRENCY, maxWaiting: MAX_WAITING });

/** Gives this process its part of the processors, where several hash on one machine. */
export function shareProcessors(processes: number): void {
  const concurrency = Math.max(1, Math.min(CONCURRENCY, Math.floor(availableParallelism() / processes)));
  hashQueue.setLimits({ concurrency, maxWaiting: concurrency * WAITING_PER_PROCESSOR });
}

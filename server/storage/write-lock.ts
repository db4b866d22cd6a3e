import { randomInt } from 'node:crypto';
import type { Bound } from '../load/bound.ts';
import { DatabaseCrowdedError, isBusy, WriteLockTimeoutError } from './database-errors.ts';

/** How long a writer waits while another process holds the lock. Long enough for any write of ours, short enough for a person. */
const MAX_WAIT_MS = 4_000;
/** How many writers wait for their turn, which takes each of them a tenth of a millisecond to a few. */
const MAX_WAITING = 1_000;
const FIRST_PAUSE_MS = 1;
const MAX_PAUSE_MS = 25;

interface Waiting {
  readonly since: number;
  /** Takes the lock. @throws what SQLite says, SQLITE_BUSY when another process has the lock */
  take(): void;
  refuse(error: unknown): void;
}

/**
 * The write lock of a SQLite file. The writers of this process take turns, and the first of them asks for the lock again and again while
 * another process has it. SQLite itself would wait in a system call, and stop the whole event loop with it.
 */
export class WriteLock implements Bound {
  readonly #line: Waiting[] = [];
  /** How long a writer waits while another process holds the lock. */
  readonly maxWaitMs: number;
  #isTaken = false;
  #refusals = 0;
  #lost = 0;
  /** How many may wait. */
  readonly max: number;

  constructor(maxWaitMs = MAX_WAIT_MS, maxWaiting = MAX_WAITING) {
    this.maxWaitMs = maxWaitMs;
    this.max = maxWaiting;
  }

  /** How many writers of this process wait. */
  get size(): number {
    return this.#line.length;
  }

  /** How many were refused, because too many waited. */
  get lost(): number {
    return this.#lost;
  }

  /**
   * Runs `take` when it is the caller's turn, and keeps the lock until {@link release} unless `take` throws.
   * @param since when the caller began to wait, by `performance.now()`
   * @throws WriteLockTimeoutError when another process has kept the lock for too long; DatabaseCrowdedError when too many wait
   */
  acquire<Result>(take: () => Result, since = performance.now()): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#line.length >= this.max) {
        this.#lost += 1;
        reject(new DatabaseCrowdedError());
        return;
      }
      this.#line.push({ since, take: () => resolve(take()), refuse: reject });
      if (!this.#isTaken) this.#callNext();
    });
  }

  release(): void {
    this.#isTaken = false;
    // The loop turns between two writers, so that a long line does not keep it from other work.
    if (this.#line.length > 0) setImmediate(() => this.#callNext());
  }

  #callNext(): void {
    while (!this.#isTaken) {
      const [first] = this.#line;
      if (!first) return;
      this.#isTaken = true;
      try {
        first.take();
        this.#line.shift();
        this.#refusals = 0;
      } catch (error) {
        if (isBusy(error)) {
          this.#refuseWhoWaitedTooLong(error);
          this.#askAgainLater();
          return;
        }
        this.#line.shift();
        this.#isTaken = false;
        first.refuse(error);
      }
    }
  }

  #refuseWhoWaitedTooLong(cause: unknown): void {
    const now = performance.now();
    while (this.#line[0] && now - this.#line[0].since >= this.maxWaitMs) {
      this.#line.shift()?.refuse(new WriteLockTimeoutError('another process holds the write lock', { cause }));
    }
  }

  /** The lock counts as taken meanwhile, so that nobody overtakes. */
  #askAgainLater(): void {
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** this.#refusals, MAX_PAUSE_MS);
    this.#refusals += 1;
    setTimeout(
      () => {
        this.#isTaken = false;
        this.#callNext();
      },
      // Two processes that ask in the same rhythm would miss each other.
      pauseMs * (0.5 + randomInt(512) / 1024),
    );
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { FairQueue } from './fair-queue.ts';

/** Of the request that runs. Work that outlives its request finds a place that has been left. */
const here = new AsyncLocalStorage<Place>();

/** A request's place among those that this process works on. */
export class Place {
  readonly #queue: Pick<FairQueue, 'leave' | 'enterAgain'>;
  #hasLeft = false;
  /** How much is waited for elsewhere at the moment. The place is lent until the last of it has come. */
  #awaited = 0;

  /** @param queue that has been entered */
  constructor(queue: Pick<FairQueue, 'leave' | 'enterAgain'>) {
    this.#queue = queue;
  }

  /** Runs what is to find this place, see {@link elsewhere}. */
  run<Result>(work: () => Result): Result {
    return here.run(this, work);
  }

  /** For good, and any number of times. */
  leave(): void {
    if (this.#isHeld) this.#queue.leave();
    this.#hasLeft = true;
  }

  async lend<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isHeld) this.#queue.leave();
    this.#awaited += 1;
    try {
      return await work();
    } finally {
      this.#awaited -= 1;
      if (this.#isHeld) this.#queue.enterAgain();
    }
  }

  /** Whether it counts as taken. */
  get #isHeld(): boolean {
    return !this.#hasLeft && this.#awaited === 0;
  }
}

/**
 * Has to wrap whatever waits for somebody else than this process and its database: a client that sends its body, a vendor's server, a queue of
 * its own. Otherwise a few who make us wait would take all places.
 */
export function elsewhere<Result>(work: () => Promise<Result>): Promise<Result> {
  const place = here.getStore();
  return place ? place.lend(work) : work();
}

/** For an answer that has begun and stays open, such as a stream of events. */
export function leavePlace(): void {
  here.getStore()?.leave();
}

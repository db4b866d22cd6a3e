import { AsyncLocalStorage } from 'node:async_hooks';
import type { FairQueue } from './fair-queue.ts';

/** Of the request that runs. Work that outlives its request finds a place that has been left. */
const here = new AsyncLocalStorage<Place>();

/** A request's place among those that this process works on. */
export class Place {
  readonly #queue: Pick<FairQueue, 'leave' | 'enterAgain'>;
  #state: 'held' | 'lent' | 'left' = 'held';

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
    if (this.#state === 'held') this.#queue.leave();
    this.#state = 'left';
  }

  async lend<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#state !== 'held') return work();
    this.#state = 'lent';
    this.#queue.leave();
    try {
      return await work();
    } finally {
      this.#takeBack();
    }
  }

  #takeBack(): void {
    // It may have been left meanwhile.
    if (this.#state !== 'lent') return;
    this.#state = 'held';
    this.#queue.enterAgain();
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

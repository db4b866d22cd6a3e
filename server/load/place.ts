import { AsyncLocalStorage } from 'node:async_hooks';
import type { FairQueue } from './fair-queue.ts';

/** Of the request that runs. Work that outlives its request finds a place that has been left. */
const here = new AsyncLocalStorage<Place>();

/** A request's place among those that this process works on. */
export class Place {
  readonly #queue: Pick<FairQueue, 'enterAtOnce' | 'leave' | 'enterAgain'>;
  readonly #payerOf: () => string;
  /** Whether nobody waits for the answer any more. */
  readonly hasGone: () => boolean;
  /** Whether it counts as taken. */
  #isHeld = true;
  #hasLeft = false;
  /** How much is waited for elsewhere at the moment. The place is lent until the last of it has come. */
  #awaited = 0;

  /**
   * @param queue that has been entered
   * @param payerOf whose place it is, asked only when it matters, because most requests never wait
   */
  constructor(
    queue: Pick<FairQueue, 'enterAtOnce' | 'leave' | 'enterAgain'>,
    payerOf: () => string,
    hasGone = () => false,
  ) {
    this.#queue = queue;
    this.#payerOf = payerOf;
    this.hasGone = hasGone;
  }

  /** Runs what is to find this place, see {@link elsewhere}. */
  run<Result>(work: () => Result): Result {
    return here.run(this, work);
  }

  /** For good, and any number of times. */
  leave(): void {
    this.#giveBack();
    this.#hasLeft = true;
  }

  async lend<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#giveBack();
    this.#awaited += 1;
    try {
      return await work();
    } finally {
      this.#awaited -= 1;
      if (this.#isWanted) {
        if (this.#queue.enterAtOnce()) this.#isHeld = true;
        else await this.#takeBack();
      }
    }
  }

  #giveBack(): void {
    if (this.#isHeld) this.#queue.leave();
    this.#isHeld = false;
  }

  async #takeBack(): Promise<void> {
    await this.#queue.enterAgain(this.#payerOf());
    // It may have been left for good meanwhile, or lent again, or taken back by another part of the same work.
    if (this.#isWanted) this.#isHeld = true;
    else this.#queue.leave();
  }

  get #isWanted(): boolean {
    return !this.#hasLeft && !this.#isHeld && this.#awaited === 0;
  }
}

/**
 * Has to wrap whatever waits for somebody else than this process and its database: a client that sends its body, a vendor's server, a queue of
 * its own. Otherwise a few who make us wait would take all places. What follows waits for its turn again, so nothing that others wait for may be
 * held meanwhile, such as a transaction.
 */
export function elsewhere<Result>(work: () => Promise<Result>): Promise<Result> {
  const place = here.getStore();
  return place ? place.lend(work) : work();
}

/** Whether nobody waits any more for the request that runs, so that expensive work need not begin. */
export function hasClientGone(): boolean {
  return here.getStore()?.hasGone() ?? false;
}

/** For an answer that has begun and stays open, such as a stream of events. */
export function leavePlace(): void {
  here.getStore()?.leave();
}

import type { Bound } from './bound.ts';
import { OverloadedError } from './overloaded-error.ts';

interface Waiting {
  start(): void;
  refuse(reason: OverloadedError): void;
}

/** Who waits of one payer. */
interface Line {
  /** With the work half done, so they come first and are never refused. */
  readonly returning: (() => void)[];
  readonly waiting: Waiting[];
}

/**
 * Runs expensive work a few at a time, and refuses more than can be done soon. Each payer, such as a network, has a line of its own, and the
 * lines take turns. When all places are taken, whoever has the longest line loses its last place. So nobody can fill the queue: a flood
 * from one network waits for itself, and everybody else is next.
 */
export class FairQueue implements Bound {
  readonly #refusal: string;
  #concurrency: number;
  #max: number;
  readonly #lines = new Map<string, Line>();
  #running = 0;
  #waiting = 0;
  #lost = 0;

  /** @param refusal what whoever is refused may be told */
  constructor(refusal: string, { concurrency, maxWaiting }: { concurrency: number; maxWaiting: number }) {
    this.#refusal = refusal;
    this.#concurrency = concurrency;
    this.#max = maxWaiting;
  }

  /** Whoever runs or waits meanwhile goes on. */
  setLimits({ concurrency, maxWaiting }: { concurrency: number; maxWaiting: number }): void {
    this.#concurrency = concurrency;
    this.#max = maxWaiting;
  }

  /** How many may wait. */
  get max(): number {
    return this.#max;
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
   * @param hasGone whether nobody waits for it any more, asked when it has waited
   * @throws OverloadedError without running it
   */
  async run<Result>(payer: string, work: () => Promise<Result>, hasGone = () => false): Promise<Result> {
    const isAtOnce = this.enterAtOnce();
    if (!isAtOnce) await this.enter(payer);
    try {
      // To whoever has asked, it is as if there had been no place. Nobody hears of it.
      if (!isAtOnce && hasGone()) throw new OverloadedError(this.#refusal);
      return await work();
    } finally {
      this.leave();
    }
  }

  /** For work that is no single call. @returns whether there was a place, which has to be left then */
  enterAtOnce(): boolean {
    if (this.#running >= this.#concurrency) return false;
    this.#running += 1;
    return true;
  }

  /** Resolves when it is the payer's turn, in place of one that has left. @throws OverloadedError */
  async enter(payer: string): Promise<void> {
    if (this.#waiting >= this.max) this.#makeRoomFor(payer);
    return new Promise((resolve, reject) => {
      this.#lineOf(payer).waiting.push({ start: resolve, refuse: reject });
      this.#waiting += 1;
    });
  }

  leave(): void {
    this.#running -= 1;
    while (this.#running < this.#concurrency && this.#lines.size > 0) this.#startNext();
  }

  /**
   * Resolves when it is the turn of a payer who has left for a while, with the work half done. That is never refused, and comes before what
   * the same payer has not begun. It is no reason to overtake others: whoever makes many wait for something, and lets it come at one moment,
   * would have them all worked on at once.
   */
  async enterAgain(payer: string): Promise<void> {
    if (this.enterAtOnce()) return;
    return new Promise((resolve) => this.#lineOf(payer).returning.push(resolve));
  }

  /**
   * Refuses at once what would be refused later, before anything is read or counted for it, because a flood is refused most of the time.
   * @throws OverloadedError
   */
  assertRoomFor(payer: string): void {
    if (this.#waiting >= this.max && this.#lineToShorten(payer) === undefined) throw this.#refuse();
  }

  #lineOf(payer: string): Line {
    const line = this.#lines.get(payer) ?? { returning: [], waiting: [] };
    this.#lines.set(payer, line);
    return line;
  }

  /** Takes the last place of the longest line. @throws OverloadedError when that is the payer's own */
  #makeRoomFor(payer: string): void {
    const last = this.#lineToShorten(payer)?.pop();
    if (!last) throw this.#refuse();
    this.#waiting -= 1;
    last.refuse(this.#refuse());
  }

  /** The longest line, if it is longer than the payer's own would become. */
  #lineToShorten(payer: string): Waiting[] | undefined {
    let longest: Waiting[] | undefined;
    let length = (this.#lines.get(payer)?.waiting.length ?? 0) + 1;
    for (const { waiting } of this.#lines.values())
      if (waiting.length > length) [longest, length] = [waiting, waiting.length];
    return longest;
  }

  #refuse(): OverloadedError {
    this.#lost += 1;
    return new OverloadedError(this.#refusal);
  }

  #startNext(): void {
    // A map keeps the order of insertion, so the first line is the one that has had no turn for longest.
    const [[payer, line] = []] = this.#lines;
    if (payer === undefined || line === undefined) return;
    this.#lines.delete(payer);
    this.#running += 1;
    const goOn = line.returning.shift();
    if (goOn) goOn();
    else this.#startFirst(line);
    if (line.returning.length + line.waiting.length > 0) this.#lines.set(payer, line);
  }

  #startFirst({ waiting }: Line): void {
    this.#waiting -= 1;
    waiting.shift()?.start();
  }
}

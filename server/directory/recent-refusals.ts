import { setTimeout as sleep } from 'node:timers/promises';

/** One refusal: what it was, and what it took. */
interface Refusal {
  readonly outcome: 'refused' | 'down';
  readonly tookMs: number;
}

const KEPT = 32;

/**
 * What the latest refusals took. Whoever's password we have ourselves is not asked about; if they were refused sooner than the directory refuses, the
 * time would tell that they have an account here. So such a refusal repeats one of these.
 */
export class RecentRefusals {
  readonly #latest: Refusal[] = [];

  note(refusal: Refusal): void {
    this.#latest.push(refusal);
    if (this.#latest.length > KEPT) this.#latest.shift();
  }

  /** Takes as long as one of them did, and says what it was. */
  async repeat(): Promise<Refusal['outcome']> {
    const one = this.#latest[Math.floor(Math.random() * this.#latest.length)];
    if (one) await sleep(one.tookMs);
    return one?.outcome ?? 'refused';
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { elsewhere } from '../load/place.ts';

type Refusal = 'refused' | 'down';

const KEPT = 32;
/** A directory that nobody has asked for so long may be in order again. */
const DOWN_FOR_MS = 60_000;

/**
 * What the latest refusals took. Whoever's password we have ourselves is not asked about; if they were refused sooner than the directory refuses, the
 * time would tell that they have an account here. So such a refusal is what the last one was, and takes as long as one of these.
 */
export class RecentRefusals {
  readonly #tookMs: Record<Refusal, number[]> = { refused: [], down: [] };
  #downAtMs = Number.NEGATIVE_INFINITY;

  /** Notes that the directory has answered with a person. */
  answered(): void {
    this.#downAtMs = Number.NEGATIVE_INFINITY;
  }

  note(refusal: Refusal, tookMs: number): void {
    const latest = this.#tookMs[refusal];
    latest.push(tookMs);
    if (latest.length > KEPT) latest.shift();
    this.#downAtMs = refusal === 'down' ? performance.now() : Number.NEGATIVE_INFINITY;
  }

  /** Takes as long as one of them did, and says what the last one was. */
  async repeat(): Promise<Refusal> {
    const refusal = performance.now() - this.#downAtMs < DOWN_FOR_MS ? 'down' : 'refused';
    const latest = this.#tookMs[refusal];
    const tookMs = latest[Math.floor(Math.random() * latest.length)] ?? 0;
    await elsewhere(() => sleep(tookMs));
    return refusal;
  }
}

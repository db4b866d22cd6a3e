import { GatheredFigures } from '../metrics/gathered-figures.ts';
import type { ToWorker } from './messages.ts';

/** A worker that is busy for longer is shown with its figures of before. */
const ANSWER_TIMEOUT_MS = 2_000;

/** Asks all workers for their figures. Those who want them at the same moment share the questions. */
export class Gathering {
  readonly #figures = new GatheredFigures();
  readonly #ask = new Map<number, (question: ToWorker) => void>();
  #round = 0;
  /** Who has not answered this round. */
  readonly #owing = new Set<number>();
  #onAnswered = () => {};
  #text: Promise<string> | undefined;

  add(worker: number, ask: (question: ToWorker) => void): void {
    this.#ask.set(worker, ask);
  }

  remove(worker: number): void {
    this.#ask.delete(worker);
    void this.#figures.noteEnd(worker);
    this.#hasAnswered(worker);
  }

  note(worker: number, { id, figures }: { id: number; figures: object[] }): void {
    if (!this.#ask.has(worker)) return;
    this.#figures.note(worker, figures);
    if (id === this.#round) this.#hasAnswered(worker);
  }

  text(): Promise<string> {
    this.#text ??= this.#gather().finally(() => {
      this.#text = undefined;
    });
    return this.#text;
  }

  async #gather(): Promise<string> {
    this.#round += 1;
    const answered = new Promise<void>((resolve) => {
      this.#onAnswered = resolve;
    });
    for (const [worker, ask] of this.#ask) {
      this.#owing.add(worker);
      ask({ type: 'figures', id: this.#round });
    }
    const timeout = setTimeout(this.#onAnswered, ANSWER_TIMEOUT_MS);
    await answered;
    clearTimeout(timeout);
    this.#owing.clear();
    return this.#figures.text();
  }

  #hasAnswered(worker: number): void {
    this.#owing.delete(worker);
    if (this.#owing.size === 0) this.#onAnswered();
  }
}

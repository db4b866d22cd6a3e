import { setTimeout as delay } from 'node:timers/promises';
import type { Answers } from './answers.ts';

export interface ApiLoadOptions {
  readonly url: string;
  readonly answers: Answers;
  /** Keys of several apps, so that none of them uses its quota up. */
  readonly keys: readonly string[];
}

interface Written {
  readonly key: string;
  readonly id: string;
  readonly email: string;
}

const PAUSE_MS = 40;
/** Longer than anything of the platform or the balancer takes to give up. */
const ANSWER_TIMEOUT_MS = 30_000;

/** Vendors, one for each key, who create users without end and read them back. */
export class ApiLoad {
  readonly #options: ApiLoadOptions;
  readonly #loops: Promise<void>[];
  #isStopped = false;
  /** Users of whom a vendor was told that they are there. */
  readonly written: Written[] = [];
  #lastSuccessMs = performance.now();
  #longestSilenceMs = 0;

  constructor(options: ApiLoadOptions) {
    this.#options = options;
    this.#loops = options.keys.map((key, number) => this.#write(key, number));
  }

  /** The longest time in which nothing could be written, since the last call. */
  takeLongestSilenceMs(): number {
    const longest = Math.max(this.#longestSilenceMs, performance.now() - this.#lastSuccessMs);
    this.#longestSilenceMs = 0;
    return longest;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#loops);
  }

  /** Those of {@link written} that cannot be read. */
  async lost(): Promise<Written[]> {
    const found: Written[] = [];
    for (const user of this.written) {
      const { status, body } = await this.#ask(user.key, `/users/${user.id}`);
      if (status !== 200 || body.email !== user.email) found.push(user);
    }
    return found;
  }

  async #write(key: string, number: number): Promise<void> {
    for (let count = 0; !this.#isStopped; count += 1) {
      const email = `writer-${number}-${count}@example.com`;
      const { status, body } = await this.#ask(key, '/users', { email, password: 'an engine of difference' });
      if (status === 200 && body.id) {
        this.written.push({ key, email, id: body.id });
        this.#noteSuccess();
        await this.#ask(key, `/users/${body.id}`);
      }
      await delay(PAUSE_MS);
    }
  }

  #noteSuccess(): void {
    const now = performance.now();
    this.#longestSilenceMs = Math.max(this.#longestSilenceMs, now - this.#lastSuccessMs);
    this.#lastSuccessMs = now;
  }

  async #ask(key: string, path: string, user?: object): Promise<{ status: number; body: Partial<Written> }> {
    const { url, answers } = this.#options;
    const what = user ? 'POST /users' : 'GET /users/:id';
    const sinceMs = performance.now();
    try {
      const response = await fetch(`${url}/1${path}`, {
        method: user ? 'POST' : 'GET',
        headers: {
          authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
          ...(user && { 'content-type': 'application/json' }),
        },
        ...(user && { body: JSON.stringify(user) }),
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      const text = await response.text();
      answers.note(what, response, sinceMs, /"error":"\w+"/.test(text));
      return { status: response.status, body: response.ok ? JSON.parse(text) : {} };
    } catch (error) {
      answers.noteFailure(what, error);
      return { status: 0, body: {} };
    }
  }
}

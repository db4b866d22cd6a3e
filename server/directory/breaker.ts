/** Failures in a row after which nobody waits for the next one. */
const FAILURES = 5;
/** How long nobody is sent there; then one request is the probe. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Spares people the wait for a server that does not answer, and the server what it could not answer. `closed`: everything is sent. `open`: nothing
 * is, for a pause that doubles with each probe that fails. `half_open`: one request is on its way as the probe, and the others are not sent.
 */
export class Breaker {
  #failures = 0;
  #pauseMs = 0;
  #opensAtMs = 0;
  #isProbing = false;
  readonly #now: () => number;

  /** @param now in milliseconds, for tests */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get state(): 'closed' | 'open' | 'half_open' {
    if (this.#pauseMs === 0) return 'closed';
    return this.#isProbing ? 'half_open' : 'open';
  }

  /** Whether a request would be sent now. */
  get isShut(): boolean {
    return this.state !== 'closed' && (this.#isProbing || this.#now() < this.#opensAtMs);
  }

  /** Asked before each request, which has to be followed by {@link answered} or {@link failed}. @returns whether to send it */
  admit(): boolean {
    if (this.isShut) return false;
    this.#isProbing = this.#pauseMs > 0;
    return true;
  }

  answered(): void {
    this.#failures = 0;
    this.#pauseMs = 0;
    this.#isProbing = false;
  }

  /** @returns whether it has opened by this, for the log */
  failed(): boolean {
    this.#failures += 1;
    const wasClosed = this.state === 'closed';
    // What was sent before it opened may fail later, and is no probe.
    if (wasClosed ? this.#failures < FAILURES : !this.#isProbing) return false;
    this.#pauseMs = wasClosed ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
    this.#opensAtMs = this.#now() + this.#pauseMs;
    this.#isProbing = false;
    return wasClosed;
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
}

/** What those who use the platform were answered, and what no documentation names. */
export class Answers {
  #counts = new Map<string, number>();
  #unexpected = new Map<string, number>();
  #unanswered = 0;
  #slowestMs = 0;

  /**
   * @param sinceMs when it was asked for
   * @param saysWhy whether a refusal has the form of its contract
   */
  note(what: string, { status, headers }: Answer, sinceMs: number, saysWhy: boolean): void {
    this.#slowestMs = Math.max(this.#slowestMs, performance.now() - sinceMs);
    // Whatever has no request id is the balancer's. docs/scaling.md says when it answers by itself.
    const isOurs = headers.has('x-request-id');
    const name = isOurs ? `${what}: ${status}` : `balancer: ${status}`;
    const isRefusal = status === 503 && headers.has('retry-after') && saysWhy;
    const isExpected = isOurs ? status === 200 || isRefusal : [502, 503].includes(status);
    if (!isOurs) this.#unanswered += 1;
    add(this.#counts, name);
    if (!isExpected) add(this.#unexpected, name);
  }

  /** The connection ended before there was an answer. */
  noteFailure(what: string, error: unknown): void {
    const { cause } = error instanceof Error ? error : { cause: undefined };
    const name = `${what}: ${String(cause ?? error)}`;
    this.#unanswered += 1;
    add(this.#counts, name);
    if (!/other side closed|ECONNRESET/.test(name)) add(this.#unexpected, name);
  }

  /** What there was since the last call. */
  take(): {
    counts: Record<string, number>;
    unexpected: Record<string, number>;
    unanswered: number;
    slowestMs: number;
  } {
    const taken = {
      counts: Object.fromEntries([...this.#counts].sort()),
      unexpected: Object.fromEntries(this.#unexpected),
      unanswered: this.#unanswered,
      slowestMs: this.#slowestMs,
    };
    this.#counts = new Map();
    this.#unexpected = new Map();
    this.#unanswered = 0;
    this.#slowestMs = 0;
    return taken;
  }
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** What the platform's clock says, by the header `Date` of its answers and the time that has passed since, whatever the device's clock says. */
export class PlatformClock {
  #aheadMs: number | undefined;

  /** Takes the time of an answer, and returns the answer. An answer from a cache is as old as `Age` says, or older. */
  read(response: Response): Response {
    const { headers } = response;
    const dateMs = Date.parse(headers.get('date') ?? '') + Number(headers.get('age') ?? 0) * 1000;
    if (!Number.isNaN(dateMs)) this.#aheadMs = Math.max(this.#aheadMs ?? -Infinity, dateMs - performance.now());
    return response;
  }

  /** In milliseconds since 1970. Undefined when no answer had a time that this page may read. */
  nowMs(): number | undefined {
    return this.#aheadMs === undefined ? undefined : performance.now() + this.#aheadMs;
  }
}

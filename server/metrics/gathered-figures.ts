import { type MetricObjectWithValues, type MetricValue, Registry } from '@prometheus-io/client';

/** What `Registry.getMetricsAsJSON` gives. */
type Figure = MetricObjectWithValues<MetricValue<string>>;

/**
 * The figures of several processes as one answer to Prometheus. Whichever process is asked, it is the same answer. Counts of a process that
 * has ended stay in it: if they fell, Prometheus would take that for a restart, and count all that is left once more.
 */
export class GatheredFigures {
  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;
  readonly #latest = new Map<number, readonly object[]>();
  #ofEnded: readonly object[] = [];

  /** @param figures what the process's registry gives as JSON */
  note(process: number, figures: readonly object[]): void {
    this.#latest.set(process, figures);
  }

  /** The process is no more. What it has counted since it was asked last is lost. */
  async noteEnd(process: number): Promise<void> {
    const latest = this.#latest.get(process);
    if (!latest) return;
    this.#latest.delete(process);
    this.#ofEnded = await Registry.aggregate([this.#ofEnded, latest].map(countsOf)).getMetricsAsJSON();
  }

  /** In the format of Prometheus. */
  text(): Promise<string> {
    return Registry.aggregate([this.#ofEnded, ...this.#latest.values()].map((each) => [...each])).metrics();
  }
}

/** What only grows. What a process that has ended had in use, it has no longer. */
function countsOf(figures: readonly object[]): object[] {
  return figures.filter((figure) => ['counter', 'histogram'].includes(String((figure as Partial<Figure>).type)));
}

import { collectDefaultMetrics, Registry } from '@prometheus-io/client';

export type { Registry };

/** The library looks at the event loop by timers. Its own, each 10 ms and each 100 ms, cost as much at rest as everything else. */
const LAG_PRECISION_MS = 20;
const UTILIZATION_INTERVAL_MS = 1_000;

/**
 * A registry of its own for each platform, because tests run several in one process. It begins with the process's own figures.
 * @param worker which of several processes at one port it is: the memory of two of them is two figures, and no sum
 */
export function createRegistry(worker?: number): Registry {
  const registry = new Registry();
  collectDefaultMetrics({
    register: registry,
    ...(worker !== undefined && { labels: { worker } }),
    eventLoopMonitoringPrecision: LAG_PRECISION_MS,
    eventLoopUtilizationTimeout: UTILIZATION_INTERVAL_MS,
  });
  return registry;
}

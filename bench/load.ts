import autocannon from 'autocannon';

export interface Load {
  url: string;
  /** Requested in turn, in place of the path of `url`. */
  paths?: readonly string[];
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

export interface Throughput {
  /** In all, the warm-up included. */
  requests: number;
  requestsPerSecond: number;
  p99Ms: number;
}

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 2;
const MEASURE_SECONDS = 4;

/**
 * Requests per second that a server answers with success, after a warm-up.
 * @throws Error when any answer is not a 2xx, because fast refusals would count as speed
 */
export async function throughputOf(load: Load): Promise<Throughput> {
  const warmUp = await run(load, WARM_UP_SECONDS);
  const result = await run(load, MEASURE_SECONDS);
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${load.url}: ${result.non2xx} answers without success, ${result.errors} errors`);
  }
  const requests = warmUp.requests.total + result.requests.total;
  return { requests, requestsPerSecond: result.requests.average, p99Ms: result.latency.p99 };
}

function run({ url, paths, method = 'GET', headers = {}, body }: Load, duration: number): Promise<autocannon.Result> {
  return autocannon({
    url,
    method,
    headers,
    duration,
    connections: CONNECTIONS,
    ...(body !== undefined && { body }),
    ...(paths && { requests: paths.map((path) => ({ path })) }),
  });
}

import { createServer, type RequestListener, type Server } from 'node:http';

/** How long the headers and the body of a request may take to arrive. */
const REQUEST_TIMEOUT_MS = 30_000;
/** How often the server looks for requests that took longer. By default it is as long as the timeout itself, which doubles it. */
const CHECK_INTERVAL_MS = 5_000;
/** How long a connection may stand still while a request is answered: a client that reads nothing would keep the answer in memory. */
const STANDSTILL_TIMEOUT_MS = 120_000;

/**
 * An HTTP server with every timeout set, in this one place. Fastify sets its own only on servers that it creates itself.
 *
 * @param keepAliveMs how long an idle connection is kept. A proxy keeps its connections to a server, too, mostly for 60 seconds. Whoever
 *   closes first loses the request that the other is just about to send, and a proxy then answers 502, because it may not repeat a POST. So
 *   the server has to be the one that waits longer
 */
export function createHttpServer(keepAliveMs: number, listener: RequestListener): Server {
  const server = createServer(
    {
      keepAliveTimeout: keepAliveMs,
      headersTimeout: REQUEST_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
    },
    listener,
  );
  server.timeout = STANDSTILL_TIMEOUT_MS;
  // A connection that ends after so many requests is one that ends while the proxy sends the next.
  server.maxRequestsPerSocket = 0;
  return server;
}

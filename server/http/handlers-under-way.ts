import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

/** Handlers wait for a vendor's server for some seconds at most, and the drain before it has taken its part of the time to stop. */
const MAX_WAIT_MS = 3_000;

/**
 * Lets a server that stops wait for its handlers, a while at most. A connection that ends does not end its handler: that of a client which has
 * gone goes on, and what it writes needs the database. To be called before there are routes, after whatever else wraps handlers.
 */
export function awaitHandlersOnClose(app: FastifyInstance, maxWaitMs = MAX_WAIT_MS): void {
  let underWay = 0;
  let onIdle = () => {};
  const end = () => {
    underWay -= 1;
    if (underWay === 0) onIdle();
  };
  app.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function (request, reply) {
      const result = handler.call(this, request, reply);
      if (result instanceof Promise) {
        underWay += 1;
        result.then(end, end);
      }
      return result;
    };
  });
  app.addHook('preClose', async () => {
    if (underWay === 0) return;
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
    });
    await Promise.race([idle, delay(maxWaitMs, undefined, { ref: false })]);
  });
}

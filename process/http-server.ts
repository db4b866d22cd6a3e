import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as immediate } from 'node:timers/promises';

/** How long the headers and the body of a request may take to arrive. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Of all headers with the address. Sites share a browser's cookies for a host, so Node's 16 KB are soon full on a developer's machine. */
const MAX_HEADER_BYTES = 64 * 1024;
/** How often the server looks for requests that took longer. By default it is as long as the timeout itself, which doubles it. */
const CHECK_INTERVAL_MS = 5_000;
/** How long a connection may stand still while a request is answered: a client that reads nothing would keep the answer in memory. */
const STANDSTILL_TIMEOUT_MS = 120_000;
/** How long a stopping server waits for the requests that it is answering. A slow upload may be among them. */
const DRAIN_TIMEOUT_MS = 5_000;
/** How often it ends connections on which nobody waits for an answer. What arrived with the wish to stop has been read by then. */
const DRAIN_CHECK_INTERVAL_MS = 200;

export interface HttpServer {
  readonly server: Server;
  /** Who ended the idle connections of proxies, since the start. */
  readonly idleEnds: IdleEnds;
  /** Takes no new connections, ends those that wait for no answer, and resolves when the others are answered, within five seconds. */
  drain(): Promise<void>;
}

/**
 * Counts how idle connections of a proxy ended. A server that ends any may do so while the proxy sends the next request on it, which the
 * proxy then answers 502.
 */
export interface IdleEnds {
  byServer: number;
  byProxy: number;
}

/** What proxies add to a request. */
const ADDED_BY_PROXIES = ['x-forwarded-for', 'forwarded', 'via'];

/**
 * An HTTP server with every timeout set, in this one place. Fastify sets its own only on servers that it creates itself.
 *
 * @param keepAliveMs how long an idle connection is kept. A proxy keeps its connections to a server, too, mostly for 60 seconds. Whoever
 *   closes first loses the request that the other is just about to send, and a proxy then answers 502, because it may not repeat a POST. So
 *   the server has to be the one that waits longer
 */
export function createHttpServer(keepAliveMs: number, listener: RequestListener): HttpServer {
  const sockets = new Set<Socket>();
  const answers = new Set<ServerResponse>();
  /** Connections on which the rest of a request that has been answered is still arriving. */
  const answeredEarly = new WeakSet<Duplex>();
  const idleEnds: IdleEnds = { byServer: 0, byProxy: 0 };
  const ofProxies = new WeakSet<Socket>();
  let draining = false;
  const server = createServer(
    {
      keepAliveTimeout: keepAliveMs,
      headersTimeout: REQUEST_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    (request, response) => {
      const { socket } = request;
      answers.add(response);
      answeredEarly.delete(socket);
      response.once('close', () => {
        answers.delete(response);
        if (!request.complete) answeredEarly.add(socket);
      });
      if (draining) endAfter(response);
      if (ADDED_BY_PROXIES.some((name) => request.headers[name] !== undefined)) ofProxies.add(request.socket);
      listener(request, response);
    },
  );
  server.timeout = STANDSTILL_TIMEOUT_MS;
  // A connection that ends after so many requests is one that ends while the proxy sends the next.
  server.maxRequestsPerSocket = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A proxy that ends a connection says so before it closes; after our own end, nothing more arrives.
    socket.once('end', () => {
      if (isIdleOfProxy(socket)) idleEnds.byProxy += 1;
    });
  });
  // Whoever answers what is no request comes after this. Here the client would read that answer as part of another, or as the next one.
  server.on('clientError', (_error, socket) => {
    const begun = [...answers].some((answer) => answer.socket === socket && hasBegun(answer));
    if (begun || answeredEarly.has(socket)) socket.destroy();
  });
  // Whoever listens to this ends the connection, which Node otherwise does.
  server.on('timeout', (socket) => {
    if (isIdleOfProxy(socket)) idleEnds.byServer += 1;
    socket.destroy();
  });
  const isIdleOfProxy = (socket: Socket) =>
    !draining && ofProxies.has(socket) && ![...answers].some((answer) => answer.socket === socket);

  /** Ends the connections on which nobody waits for an answer: idle ones, and those with half of a request's headers. */
  const endIdle = () => {
    const busy = new Set([...answers].map(({ socket }) => socket));
    for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
  };
  const drain = async () => {
    draining = true;
    // Connections that wait to be accepted are accepted in this turn of the event loop.
    await immediate();
    for (const response of answers) endAfter(response);
    // The HTTP server's own `close` would also end the connections whose first request is on its way.
    const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
    // A busy machine may call a timer before it reads what has arrived meanwhile, but not an immediate.
    const check = setInterval(() => setImmediate(endIdle), DRAIN_CHECK_INTERVAL_MS);
    const timeout = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MS);
    await closed;
    clearInterval(check);
    server.close();
    clearTimeout(timeout);
  };
  return { server, idleEnds, drain };
}

/** Whether an answer is half sent, or sent before all of its request has arrived. */
function hasBegun({ headersSent, writableEnded, req }: ServerResponse): boolean {
  return headersSent && !(writableEnded && req.complete);
}

/** Tells the client, which may be a proxy, to send no further request on this connection. */
function endAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}

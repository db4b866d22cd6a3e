import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Of a body that nobody asked for, so much is read after the response, so that its connection can serve the next request. */
const MAX_UNREAD_BYTES = 64 * 1024;
/** How long a client has to see the response before its connection is reset. */
const LINGER_MS = 1_000;

/**
 * Leaves reading to the handlers (`read-body.ts`), so that nobody makes us read before it is known who they are, and bounds what is read
 * of a body that was left.
 */
export function leaveBodiesToHandlers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  // To Fastify, no method has a body: choosing a parser that reads nothing is a tenth of the work of a small request.
  for (const method of app.supportedMethods) app.addHttpMethod(method, { hasBody: false, overrideExisting: true });
  app.addHook('onRequest', (request, reply, done) => {
    if (hasBody(request.raw)) boundUnreadBody(request.raw, reply.raw);
    done();
  });
}

/** As its headers say (RFC 9112 section 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * Node reads what is left of a body after the response, without end, because another request may follow on the connection. Here the
 * connection is closed where much is left. Closing it at once would reset it, and the client might lose the response (RFC 9112 section
 * 9.6), so our side is closed first, and no more is read.
 */
function boundUnreadBody(request: IncomingMessage, response: ServerResponse): void {
  // Before Node's own listener, which would let everything through.
  response.prependOnceListener('finish', () => {
    if (request.complete !== false) return;
    const { socket } = request;
    let unread = 0;
    const drop = (chunk: Buffer) => {
      unread += chunk.length;
      if (unread <= MAX_UNREAD_BYTES) return;
      request.off('data', drop).pause();
      socket.end();
      setTimeout(() => socket.destroy(), LINGER_MS).unref();
    };
    request.on('data', drop).resume();
    request.read(0);
  });
}

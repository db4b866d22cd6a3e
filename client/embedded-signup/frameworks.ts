import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAX_BODY_BYTES } from './read-request.ts';

export type FetchHandler = (request: Request) => Promise<Response>;

/** The part of a Fastify instance that is used here. */
interface FastifyLike {
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: null, body: unknown) => void) => void,
  ): unknown;
  removeAllContentTypeParsers(): unknown;
  all(path: string, handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<void>): unknown;
}
interface FastifyRequestLike {
  raw: IncomingMessage;
}
interface FastifyReplyLike {
  raw: ServerResponse;
  hijack(): unknown;
}

/**
 * For `node:http`: `createServer(toNode(handler))`. It answers every path. The promise never rejects.
 */
export function toNode(handler: FetchHandler): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return (request, response) => answer(handler, request, response);
}

/**
 * For Express: `app.all('/signup', toExpress(handler))`. It works before and after `express.json()`, because a parsed body is serialized
 * again.
 */
export function toExpress(
  handler: FetchHandler,
): (request: IncomingMessage & { body?: unknown }, response: ServerResponse) => Promise<void> {
  return (request, response) => answer(handler, request, response, request.body);
}

/** For Fastify, as a plugin: `app.register(toFastify(handler), { path: '/signup' })`. */
export function toFastify(handler: FetchHandler): (app: FastifyLike, options: { path: string }) => Promise<void> {
  return async (app, { path }) => {
    // Only within this plugin, so that the handler gets the body unparsed.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
    app.all(path, async (request, reply) => {
      reply.hijack();
      await answer(handler, request.raw, reply.raw);
    });
  };
}

async function answer(
  handler: FetchHandler,
  request: IncomingMessage,
  response: ServerResponse,
  parsedBody?: unknown,
): Promise<void> {
  try {
    const answered = await handler(await toRequest(request, parsedBody));
    const body = await answered.text();
    // The connection ends because the rest of a body that is too large is not read.
    if (!request.complete) response.setHeader('connection', 'close');
    response.writeHead(answered.status, Object.fromEntries(answered.headers));
    response.end(body);
  } catch {
    // Fetch forbids the request's method, or the sender has disconnected.
    if (!response.headersSent) response.writeHead(400, { connection: 'close' });
    response.end();
  }
}

async function toRequest(incoming: IncomingMessage, parsedBody: unknown): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    for (const item of [value ?? []].flat()) headers.append(name, item);
  }
  const { method = 'GET' } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const alreadyRead = incoming.readableEnded || parsedBody !== undefined;
  const body = hasBody && (alreadyRead ? JSON.stringify(parsedBody ?? null) : await readBody(incoming));
  // The caller chooses the Host header, so it is not passed on, and no handler can come to rely on it.
  const path = incoming.url?.startsWith('/') ? incoming.url : '/';
  return new Request(`http://localhost${path}`, { method, headers, ...(hasBody && { body: body as BodyInit }) });
}

/**
 * The body, or just more of it than the handler takes, so that it refuses. The stream is not destroyed, which would cut off the
 * answer too.
 */
function readBody(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const finish = () => resolve(Buffer.concat(chunks));
    incoming.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length <= MAX_BODY_BYTES) return;
      incoming.pause();
      finish();
    });
    incoming.once('end', finish);
    incoming.once('error', reject);
    incoming.once('close', () => reject(new Error('The request ended too early')));
  });
}

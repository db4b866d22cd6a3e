import { Readable } from 'node:stream';
import { WEBHOOK_ERRORS, WebhookError } from './webhook-error.ts';

/** Bytes. An event has less than 1 000. */
const MAX_BODY_BYTES = 65_536;

/**
 * A delivery, as your framework hands it over: a `Request` of the Fetch API, or of Express, Fastify or node:http. Or an object of your own with
 * `headers` and the unparsed `body`.
 */
export interface WebhookRequest {
  headers: { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The unparsed body, where a framework keeps it beside the parsed one. */
  rawBody?: unknown;
  body?: unknown;
  /** Fastify's: the request of node:http. */
  raw?: unknown;
}

/** @returns undefined when there is no such header */
export function headerOf({ headers }: WebhookRequest, name: string): string | undefined {
  if (typeof headers.get === 'function') return headers.get(name) ?? undefined;
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return Array.isArray(value) ? value.join(', ') : (value as string | undefined);
}

/** The bytes that were signed. @throws {WebhookError} when they are gone, or are too many */
export async function bodyOf(request: WebhookRequest): Promise<Buffer> {
  const source = unreadIn(request);
  const body = source ? await readBounded(source) : (bytesOf(request.rawBody) ?? bytesOf(request.body));
  if (!body) throw new WebhookError(WEBHOOK_ERRORS.BODY_NOT_RAW, 'The unparsed body is gone', hintOfParsed(request));
  if (body.length <= MAX_BODY_BYTES) return body;
  throw new WebhookError(
    WEBHOOK_ERRORS.BODY_TOO_LARGE,
    `The body has more than ${MAX_BODY_BYTES} bytes`,
    'No event is as large, so this is no delivery of the platform.',
  );
}

/** What the body can still be read from. */
function unreadIn(request: WebhookRequest): AsyncIterable<Uint8Array> | undefined {
  if (isFetchRequest(request)) return request.bodyUsed ? undefined : (request.body ?? Readable.from([]));
  const stream = request.raw ?? request;
  // Nothing in `body` counts yet: Express 4 puts an empty object there when no parser is for this type.
  if (!(stream instanceof Readable) || stream.readableDidRead) return undefined;
  // The stream is not destroyed when more than enough has been read, because that would cut off the answer too.
  return stream.iterator({ destroyOnReturn: false });
}

/** By its shape, because a framework may have a class of its own. */
function isFetchRequest(request: WebhookRequest): request is Request {
  return 'bodyUsed' in request && 'arrayBuffer' in request;
}

async function readBounded(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function bytesOf(body: unknown): Buffer | undefined {
  if (typeof body === 'string') return Buffer.from(body);
  return body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength) : undefined;
}

function hintOfParsed(request: WebhookRequest): string {
  if (isFetchRequest(request)) {
    return 'The request was read before: call verifyWebhook first, or pass request.clone() to whatever reads it.';
  }
  if (request.raw !== undefined) {
    return (
      "Fastify has parsed it: in a plugin with this route, call app.addContentTypeParser('application/json', " +
      "{ parseAs: 'buffer' }, (request, body, done) => done(null, body))."
    );
  }
  if (typeof request.body === 'object' && request.body !== null) {
    return (
      'It was parsed, and JSON that is written again has other bytes than those that were signed. Give this route ' +
      "express.raw({ type: 'application/json' }), and declare it before app.use(express.json())."
    );
  }
  return 'Pass the request, or an object with its `headers` and its `body` as text or bytes.';
}

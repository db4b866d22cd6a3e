import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Of an address with its query. More than any that we make, and than what proxies let pass (nginx: 8 KB). A request for more is answered in
 * the form of whatever is at the address, where Node would end the connection.
 */
const MAX_ADDRESS_LENGTH = 16 * 1024;

/** RFC 9110 section 15.5.15. */
export class AddressTooLongError extends Error {
  override name = 'AddressTooLongError';
  readonly statusCode = 414;

  constructor() {
    super(`The address with its query has more than ${MAX_ADDRESS_LENGTH} characters. Send less in the query.`);
  }
}

export function refuseLongAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.raw.url && request.raw.url.length > MAX_ADDRESS_LENGTH ? new AddressTooLongError() : undefined);
  });
}

const ANSWERS = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'This request is too large: its address, or the cookies that your browser keeps for this site. Delete the cookies of this site, then try again.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'This request took too long to arrive. Please try again.'],
} as const;
const MALFORMED = ['400 Bad Request', 'This request is not written as HTTP requires.'] as const;

/** Answers what Node could not read as a request, so that no route is known. In plain text, which people and programs can read. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, text] = ANSWERS[error.code as keyof typeof ANSWERS] ?? MALFORMED;
  const headers = [
    `HTTP/1.1 ${status}`,
    'content-type: text/plain; charset=utf-8',
    `content-length: ${text.length}`,
    'x-content-type-options: nosniff',
    'cache-control: no-store',
    'connection: close',
  ];
  if (socket.writable) socket.end(`${headers.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy());
  else socket.destroy();
}

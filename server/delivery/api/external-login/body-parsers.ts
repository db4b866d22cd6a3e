import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MAX_BODY_BYTES } from '../body-parsers.ts';
import { LoginRefusal } from './envelope.ts';
import type { LoginFields } from './fields.ts';
import { describeJsonError } from './json-error.ts';

const MEDIA_TYPES = 'application/json, application/x-www-form-urlencoded, multipart/form-data';
const FIELDS = ['client_id', 'client_secret', 'environment'] as const satisfies (keyof LoginFields)[];

/** Parses the three formats of a login. In each, the last value of a repeated field counts. */
export function addLoginParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => {
      try {
        done(null, parseJson(String(body)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (_request, body, done) => done(null, lastOfEach(new URLSearchParams(String(body)))),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
    async ({ headers }: FastifyRequest, body: Buffer | string) =>
      lastOfEach(await parseMultipart(Buffer.from(body), headers['content-type'] ?? '')),
  );
}

export function unsupportedMediaType(): LoginRefusal {
  // In a response, Accept says what the server accepts (RFC 9110 section 12.5.1).
  return new LoginRefusal(415, `Send one of these types, and name it in Content-Type: ${MEDIA_TYPES}.`, {
    accept: MEDIA_TYPES,
  });
}

function parseJson(text: string): LoginFields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LoginRefusal(400, describeJsonError(text));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new LoginRefusal(400, 'The body is JSON, but not an object: send {"client_id": …, "client_secret": …, …}.');
}

async function parseMultipart(body: Buffer<ArrayBuffer>, contentType: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new LoginRefusal(400, whatIsWrong(body, contentType));
  }
}

/** Finds the likely reason, because Node's parser says only that it failed. */
function whatIsWrong(body: Buffer, contentType: string): string {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  if (!boundary) return 'The body is not multipart/form-data: Content-Type names no boundary.';
  const delimiter = `--${boundary[1] ?? boundary[2]}`;
  if (!body.includes(delimiter))
    return 'The body is not multipart/form-data: the boundary of Content-Type does not occur.';
  if (!body.includes(`${delimiter}--`))
    return 'The body is not multipart/form-data: it ends before the closing boundary.';
  return 'The body is not multipart/form-data: one of its parts has no readable headers.';
}

function lastOfEach(form: Pick<FormData | URLSearchParams, 'getAll'>): LoginFields {
  return Object.fromEntries(FIELDS.map((name) => [name, form.getAll(name).at(-1)]));
}

import type { FastifyRequest } from 'fastify';
import type { BodyContract } from '#http/body/body-contract.ts';
import { BodyError } from '#http/body/body-error.ts';
import { readBody } from '#http/body/read-body.ts';
import { MAX_BODY_BYTES } from '../body.ts';
import { EmbedError } from './embed-error.ts';

const EMBED_BODY: BodyContract = { types: ['json'], maxBytes: MAX_BODY_BYTES };

/** What `request.body` is from when it has been read. Idempotency keys are kept with a hash of it, so it stays as it is. */
export interface JsonBody {
  readonly value: unknown;
}

/** Reads the body, once. @throws BodyError; EmbedError `invalid_json` when there is none */
export async function readJsonBody(request: FastifyRequest): Promise<JsonBody> {
  const body = await readBody(request, EMBED_BODY);
  if (body.type !== 'json') throw new EmbedError('invalid_json', { line: 1, column: 1 });
  const read = { value: body.value };
  request.body = read;
  return read;
}

/**
 * Reads the body for nothing but its `language`, of a request that was refused before: the message is for the person on the screen. The
 * body is small or not read.
 *
 * @param thrown why it was refused
 */
export async function readForLanguage(request: FastifyRequest, thrown: unknown): Promise<void> {
  if (request.body === undefined && !(thrown instanceof BodyError)) await readJsonBody(request).catch(() => undefined);
}

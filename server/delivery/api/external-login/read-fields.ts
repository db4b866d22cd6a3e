import type { FastifyRequest } from 'fastify';
import type { BodyContract } from '#http/body/body-contract.ts';
import { readBody } from '#http/body/read-body.ts';
import { MAX_BODY_BYTES } from '../body.ts';
import { LoginRefusal } from './envelope.ts';
import type { LoginFields } from './fields.ts';

const LOGIN_BODY: BodyContract = {
  types: ['json', 'form', 'multipart'],
  maxBytes: MAX_BODY_BYTES,
  // In each format, the last value of a repeated field counts.
  allowsRepeatedNames: true,
};
const MEDIA_TYPES = 'application/json, application/x-www-form-urlencoded, multipart/form-data';

/** @throws BodyError, LoginRefusal 400 or 415 */
export async function readFields(request: FastifyRequest): Promise<LoginFields> {
  const body = await readBody(request, LOGIN_BODY);
  if (body.type === 'none') throw unsupportedMediaType();
  if (body.type === 'form') return Object.fromEntries(body.entries);
  const { value } = body;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new LoginRefusal(400, 'The body is JSON, but not an object: send {"client_id": …, "client_secret": …, …}.');
}

function unsupportedMediaType(): LoginRefusal {
  // In a response, Accept says what the server accepts (RFC 9110 section 12.5.1).
  return new LoginRefusal(415, `Send one of these types, and name it in Content-Type: ${MEDIA_TYPES}.`, {
    accept: MEDIA_TYPES,
  });
}

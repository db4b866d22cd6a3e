import type { FastifyReply, FastifyRequest } from 'fastify';
import { BodyError } from '#http/body/body-error.ts';
import { RETRY_LATER } from '#http/out-of-reach.ts';
import { OverloadedError } from '#load/overloaded-error.ts';
import { isOutOfReach } from '#storage/database-errors.ts';
import { ApiError } from '../api-error.ts';
import { EMBED_STATUS, EmbedError, type EmbedErrorCode } from './embed-error.ts';
import { embedMessage } from './embed-message.ts';
import { embedLanguage, languagesOfRequest } from './language.ts';

/** Sends `{message, code}`, with the message in the language of the person on the screen. */
export function sendEmbedError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toEmbedError(thrown, request);
  const message = embedMessage(error.code, error.values, embedLanguage(languagesOfRequest(request)));
  return reply
    .code(error.status)
    .headers(error.headers)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ message, code: error.code }));
}

/** Turns anything that was thrown into an error of this contract. Codes that the user API has, too, stay the same. */
export function toEmbedError(thrown: unknown, request: FastifyRequest): EmbedError {
  if (thrown instanceof EmbedError) return thrown;
  if (thrown instanceof ApiError && isEmbedCode(thrown.code)) {
    return new EmbedError(thrown.code, {}, { headers: thrown.headers, access: thrown.access, cause: thrown });
  }
  if (thrown instanceof OverloadedError) {
    return new EmbedError('overloaded', {}, { headers: { 'retry-after': String(thrown.retryAfterSeconds) } });
  }
  if (thrown instanceof ApiError && thrown.code === 'too_many_mails') {
    return new EmbedError('too_many_attempts', {}, { headers: thrown.headers, cause: thrown });
  }
  if (thrown instanceof BodyError) return ofBody(thrown);
  switch ((thrown as { statusCode?: number } | null)?.statusCode) {
    case 400:
    case 414:
      return new EmbedError('invalid_request');
    case 415:
      return unsupportedMediaType();
  }
  request.log.error({ err: thrown }, 'request failed');
  if (isOutOfReach(thrown)) return new EmbedError('unavailable', {}, { headers: RETRY_LATER, cause: thrown });
  return new EmbedError('internal_error', { requestId: request.id }, { cause: thrown });
}

function ofBody({ problem, position, headers }: BodyError): EmbedError {
  switch (problem) {
    case 'too_large':
      return new EmbedError('body_too_large');
    case 'unsupported_type':
    case 'unsupported_charset':
    case 'unsupported_coding':
      return unsupportedMediaType(headers);
    case 'invalid_json':
    case 'not_utf8':
      return new EmbedError('invalid_json', { line: 1, column: 1, ...position });
    default:
      return new EmbedError('invalid_request');
  }
}

function unsupportedMediaType(headers: Readonly<Record<string, string>> = {}): EmbedError {
  return new EmbedError('unsupported_media_type', {}, { headers: { ...headers, 'accept-post': 'application/json' } });
}

function isEmbedCode(code: string): code is EmbedErrorCode {
  return Object.hasOwn(EMBED_STATUS, code);
}

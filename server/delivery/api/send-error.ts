import type { FastifyReply, FastifyRequest } from 'fastify';
import { BodyError } from '../../http/body/body-error.ts';
import { RETRY_LATER } from '../../http/out-of-reach.ts';
import { OverloadedError } from '../../load/overloaded-error.ts';
import { isOutOfReach } from '../../storage/database-errors.ts';
import { ApiError } from './api-error.ts';
import { bodyErrorOf } from './body.ts';

/**
 * Sends an error of the user API: in the contract's format, or as RFC 9457 when the caller asks for `application/problem+json`.
 * An internal error reveals only the request's id.
 * @param explainedAt where the documentation explains a code, as a relative reference (RFC 9457 section 3.1.1). Default: in that of the user API
 */
export function sendApiError(
  error: ApiError,
  request: FastifyRequest,
  reply: FastifyReply,
  explainedAt = (code: string) => `/docs/api#error-${code}`,
): FastifyReply {
  reply.code(error.status).headers(error.headers).header('cache-control', 'no-store');
  if (request.headers.accept?.includes('application/problem+json')) {
    return reply
      .type('application/problem+json')
      .send(JSON.stringify({ type: explainedAt(error.code), ...problemOf(error, request) }));
  }
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(bodyOf(error)));
}

function bodyOf({ status, code, message, failedRules }: ApiError): Record<string, unknown> {
  if (failedRules) return { error: code, status, validation_error: failedRules };
  return { error: code, status, message };
}

function problemOf({ status, code, message, failedRules }: ApiError, request: FastifyRequest): Record<string, unknown> {
  return {
    title: code.replaceAll('_', ' '),
    status,
    detail: message,
    instance: `urn:request:${request.id}`,
    ...(failedRules && { validation_error: failedRules }),
  };
}

/** Turns anything that was thrown into an error of the API. */
export function toApiError(error: unknown, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof OverloadedError) return overloaded(error);
  if (error instanceof BodyError) return bodyErrorOf(error);
  switch ((error as { statusCode?: number }).statusCode) {
    case 400:
    case 414:
      return new ApiError(
        400,
        'invalid_request',
        'The request could not be understood. Check the URL, the headers and the body.',
      );
    case 415:
      return new ApiError(
        415,
        'unsupported_media_type',
        'Send application/json or application/x-www-form-urlencoded, and name it in Content-Type.',
      );
  }
  request.log.error({ err: error }, 'request failed');
  if (isOutOfReach(error)) {
    return new ApiError(503, 'unavailable', 'The database is unreachable at the moment. Wait for Retry-After.', {
      headers: RETRY_LATER,
    });
  }
  return new ApiError(
    500,
    'internal_error',
    `Something failed on our side. If it happens again, tell us the request id ${request.id}.`,
  );
}

function overloaded({ message, retryAfterSeconds }: OverloadedError): ApiError {
  return new ApiError(503, 'overloaded', message, { headers: { 'retry-after': String(retryAfterSeconds) } });
}

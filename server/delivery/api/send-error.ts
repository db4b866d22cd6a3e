import type { FastifyReply, FastifyRequest } from 'fastify';
import { RETRY_LATER } from '../../http/out-of-reach.ts';
import { isOutOfReach } from '../../storage/database-errors.ts';
import { ApiError } from './api-error.ts';

/**
 * Sends an error of the user API: in the contract's format, or as RFC 9457 when the caller asks for `application/problem+json`.
 * An internal error reveals only the request's id.
 */
export function sendApiError(error: ApiError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.code(error.status).headers(error.headers).header('cache-control', 'no-store');
  if (request.headers.accept?.includes('application/problem+json')) {
    return reply.type('application/problem+json').send(JSON.stringify(problemOf(error, request)));
  }
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(bodyOf(error)));
}

function bodyOf({ status, code, message, failedRules }: ApiError): Record<string, unknown> {
  if (failedRules) return { error: code, status, validation_error: failedRules };
  return { error: code, status, message };
}

function problemOf({ status, code, message, failedRules }: ApiError, request: FastifyRequest): Record<string, unknown> {
  return {
    // A relative reference (RFC 9457 section 3.1.1). The documentation explains each code at its anchor.
    type: `/docs/api#error-${code}`,
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
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  switch (statusCode) {
    case 413:
      return new ApiError(413, 'body_too_large', 'The body is too large for this call.');
    case 415:
      return new ApiError(415, 'unsupported_media_type', 'Send JSON or a form, and say which in Content-Type.');
  }
  if (statusCode === 400) {
    return code === 'invalid_json'
      ? new ApiError(400, 'invalid_json', String(message))
      : new ApiError(
          400,
          'invalid_request',
          'The request could not be understood. Check the URL, the headers and the body.',
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

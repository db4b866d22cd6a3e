import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { BodyError } from '../../http/body/body-error.ts';
import { StillUnderWayError } from '../../http/kept-answers.ts';
import { AddressTooLongError } from '../../http/long-requests.ts';
import { RETRY_LATER } from '../../http/out-of-reach.ts';
import { OverloadedError } from '../../load/overloaded-error.ts';
import { pageContextOfRequest } from '../../pages/page-context.ts';
import { retryOf } from '../../pages/retry.ts';
import { sendPage } from '../../pages/write-page.ts';
import { isOutOfReach } from '../../storage/database-errors.ts';
import { errorPage } from './pages/error-page.ts';
import type { ErrorPageCode, WayBack } from './pages/models.ts';
import { PopupError } from './popup-error.ts';

/** Every error that reaches a browser is a page in plain words; our own faults give the request id and nothing else. */
export function addErrorPages(app: FastifyInstance, config: Config): void {
  app.setErrorHandler((error: FastifyError | PopupError, request, reply) =>
    sendErrorPage(config, error, request, reply),
  );
}

/** Logs an error and answers with its page. @param wayBack when no window was opened: where the person can go back to */
export function sendErrorPage(
  config: Config,
  error: FastifyError | PopupError,
  request: FastifyRequest,
  reply: FastifyReply,
  wayBack?: WayBack,
): Promise<FastifyReply> {
  const code = codeOf(error);
  const isOverload = error instanceof OverloadedError;
  if (code === 'server_error' || (code === 'unavailable' && !isOverload))
    request.log.error({ err: error }, 'request failed');
  else request.log.info({ code, reason: error.message }, 'request refused');
  const isUnavailable = code === 'unavailable';
  if (isUnavailable) reply.headers(isOverload ? { 'retry-after': String(error.retryAfterSeconds) } : RETRY_LATER);
  const developerHint = hintOf(error);
  const status = error instanceof PopupError ? error.status : statusOf(code, error);
  return sendPage(
    reply,
    status,
    errorPage(pageContextOfRequest(config, request), {
      code,
      requestId: request.id,
      wayBack,
      ...(isUnavailable && { retry: retryOf(request) }),
      ...(developerHint && { developerHint }),
    }),
    { mayCompress: hadItsTurn(error, request) },
  );
}

/** Whether it was refused by a handler, and not before any was known or had a place in the line (composition/request-queue.ts). */
function hadItsTurn(error: Error, { routeOptions }: FastifyRequest): boolean {
  return routeOptions.url !== undefined && !(error instanceof OverloadedError || error instanceof AddressTooLongError);
}

/** For the vendor's developer, in English. */
function hintOf(error: Error): string | undefined {
  if (error instanceof PopupError) return error.developerHint;
  return error instanceof BodyError || error instanceof AddressTooLongError ? error.message : undefined;
}

function codeOf(error: FastifyError | PopupError): ErrorPageCode {
  if (error instanceof PopupError) return error.code;
  const isBusy = error instanceof OverloadedError || error instanceof StillUnderWayError;
  if (isOutOfReach(error) || isBusy) return 'unavailable';
  if (error.statusCode === 429) return 'too_many_requests';
  return error.statusCode !== undefined && error.statusCode < 500 ? 'invalid_request' : 'server_error';
}

function statusOf(code: ErrorPageCode, { statusCode }: FastifyError): number {
  if (code === 'unavailable') return 503;
  return code === 'server_error' ? 500 : (statusCode ?? 400);
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { languagesOf } from '../../http/wanted-languages.ts';
import type { PageContext } from '../../pages/models.ts';
import { themeOf } from '../../pages/page-context.ts';
import { sendPage } from '../../pages/write-page.ts';
import { errorPage } from './pages/error-page.ts';
import type { ErrorPageCode, WayBack } from './pages/models.ts';
import { PopupError } from './popup-error.ts';

/** Every error that reaches a browser is a page in plain words; our own faults give the request id and nothing else. */
export function addErrorPages(app: FastifyInstance, config: Config): void {
  app.setErrorHandler((error: FastifyError | PopupError, request, reply) =>
    sendErrorPage(config, error, request, reply),
  );

  app.setNotFoundHandler((request, reply) =>
    sendPage(reply, 404, errorPage(contextOf(config, request), { code: 'not_found', requestId: request.id })),
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
  if (code === 'server_error') request.log.error({ err: error }, 'request failed');
  else request.log.info({ code, reason: error.message }, 'request refused');
  const developerHint = error instanceof PopupError ? error.developerHint : undefined;
  const status = error instanceof PopupError ? error.status : code === 'server_error' ? 500 : (error.statusCode ?? 400);
  return sendPage(
    reply,
    status,
    errorPage(contextOf(config, request), {
      code,
      requestId: request.id,
      wayBack,
      ...(developerHint && { developerHint }),
    }),
  );
}

function codeOf(error: FastifyError | PopupError): ErrorPageCode {
  if (error instanceof PopupError) return error.code;
  return error.statusCode !== undefined && error.statusCode < 500 ? 'invalid_request' : 'server_error';
}

function contextOf(config: Config, request: FastifyRequest): PageContext {
  const { language, theme } = (request.query ?? {}) as Record<string, unknown>;
  return {
    platformName: config.platformName,
    brand: config.brand,
    realm: request.url.startsWith('/sandbox/') ? 'sandbox' : 'production',
    languages: languagesOf(language, request.headers['accept-language']),
    theme: themeOf(theme),
  };
}

import { issuerOf, RESPONSE_ERRORS, WEB_MESSAGE } from '@signup-with-platform/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Brand } from '#brand/brand.ts';
import { askerOf } from '#engine/asker.ts';
import type { EventLog } from '#events/event-log.ts';
import { hintOf, safeText } from '#events/safe-text.ts';
import { pageContextOf } from '#pages/page-context.ts';
import { sendPage } from '#pages/write-page.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import { toMessage } from '../deliver.ts';
import { deliverPage } from '../pages/deliver-page.ts';
import { errorPage } from '../pages/error-page.ts';
import { inFragment } from '../relay.ts';
import { isOwnRedirectUri } from './own-redirect-uri.ts';
import type { PageAddress } from './popup-query.ts';

interface ProblemContext {
  events: EventLog;
  publicUrl: string;
  platformName: string;
  brand: Brand;
}

/** The origin is registered, so the page may hear what is wrong with its request: by the way that it asked for. */
export async function sendProblem(
  { events, publicUrl, platformName, brand }: ProblemContext,
  app: AppEnvironment,
  { origin, state }: PageAddress,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string,
): Promise<FastifyReply> {
  events.record(app.clientId, {
    kind: 'popup.refused',
    requestId: request.id,
    detail: { reason: 'invalid_request', origin, hint: hintOf(problem, request.query) },
  });
  const message = toMessage(issuerOf(publicUrl, app.realm), {
    state,
    error: RESPONSE_ERRORS.INVALID_REQUEST,
    error_description: problem,
  });
  const { language, theme, mode, redirect_uri: uri } = request.query as Record<string, unknown>;
  // Whatever else is wrong, an address that is not the page's own and registered is never gone to (RFC 6749 section 4.1.2.1).
  const back = isOwnRedirectUri(app, origin, uri) ? inFragment(uri, message) : undefined;
  // Nobody has chosen the app yet, so it is gone to at once only if it asks itself (RFC 9700 section 4.11.2).
  const relay = askerOf(request.headers, publicUrl, [origin]) === 'app' ? back : undefined;
  const params = { redirect_uri: origin, response_mode: WEB_MESSAGE, state, ui_locales: language, theme };
  const page = pageContextOf(
    { config: { platformName, brand }, realm: app.realm },
    params,
    app,
    request.headers['accept-language'],
  );
  if (mode !== 'redirect')
    return sendPage(reply, 400, deliverPage(page, { message, targetOrigin: origin, ...(relay && { relay }) }));
  if (relay) return reply.redirect(relay, 303);
  const wayBack = { uri: back ?? origin, vendor: app.name };
  const error = { code: 'invalid_request', requestId: request.id, developerHint: safeText(problem), wayBack } as const;
  return sendPage(reply, 400, errorPage(page, error));
}

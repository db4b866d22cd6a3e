import { RESPONSE_MESSAGE, type ResponseMessage } from '@signup-with-platform/protocol';
import { mayLeave } from '../../engine/asker.ts';
import { appOf } from '../../engine/clients.ts';
import { useFedcmTicket } from '../../engine/fedcm-ticket.ts';
import { resumedInteraction } from '../../engine/interactions.ts';
import type { ErrorOut, errors, KoaContextWithOIDC } from '../../engine/provider-types.ts';
import { isSessionNotFound } from '../../engine/session-not-found.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { pageContextOf } from '../../pages/page-context.ts';
import { type Retry, retryOf } from '../../pages/retry.ts';
import { writePage } from '../../pages/write-page.ts';
import { isOutOfReach } from '../../storage/database-errors.ts';
import { continuationOf } from './finished-interaction.ts';
import { deliverPage } from './pages/deliver-page.ts';
import { errorPage } from './pages/error-page.ts';
import { leavingPage } from './pages/leaving-page.ts';
import type { ErrorPageCode } from './pages/models.ts';
import { relayTarget } from './relay.ts';

/** The last page: hands the authorization response to the one registered origin that asked. */
export async function deliverAuthorizationResponse(
  realm: RealmContext,
  ctx: KoaContextWithOIDC,
  redirectUri: string,
  response: Record<string, unknown>,
): Promise<void> {
  const { client, params = {} } = ctx.oidc;
  // The engine has checked redirect_uri against all of the client's; a message goes to a registered origin only (invariant 1).
  if (!client || !appOf(client).origins.includes(redirectUri)) {
    ctx.status = 403;
    await sendError(realm, ctx, 'origin_not_registered', `${redirectUri} is not a registered origin of this app.`);
    return;
  }
  ctx.status = 200;
  const page = pageContextOf(realm, params, appOf(client), ctx.get('accept-language'));
  const message = toMessage(realm.issuer, response);
  const { fedcm } = params;
  if (typeof fedcm === 'string') {
    // A ticket that was used before hands over nothing, and the window tells the page that there will be no answer.
    const isFirst = await useFedcmTicket(realm, fedcm);
    const { credential } = message;
    const accountId = ctx.oidc.account?.accountId;
    const resolution = isFirst && credential !== undefined && accountId !== undefined && { credential, accountId };
    await writePage(ctx, deliverPage(page, { message, targetOrigin: redirectUri, fedcm: resolution || {} }));
    return;
  }
  const mayRelay = mayLeave(ctx, realm.config.publicUrl);
  const relay = mayRelay ? relayTarget(realm, appOf(client), params, message) : undefined;
  await writePage(ctx, deliverPage(page, { message, targetOrigin: redirectUri, ...(relay && { relay }) }));
}

/** An error that goes to an app by redirect, when nobody has chosen that app. */
export async function showWhereAnswerLeads(
  realm: RealmContext,
  ctx: KoaContextWithOIDC,
  address: string,
): Promise<void> {
  const page = pageContextOf(realm, ctx.oidc.params ?? {}, undefined, ctx.get('accept-language'));
  await writePage(ctx, leavingPage(page, { address }));
}

/** An authorization response, as it is posted. */
export function toMessage(issuer: string, response: Record<string, unknown>): ResponseMessage {
  const text = (name: string) => (typeof response[name] === 'string' ? response[name] : undefined);
  const fields = {
    credential: text('id_token'),
    code: text('code'),
    error: text('error'),
    error_description: text('error_description'),
  };
  return {
    type: RESPONSE_MESSAGE,
    state: text('state') ?? '',
    iss: issuer,
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  };
}

/** A protocol error that is shown to the person, because the request cannot be trusted and the error may not be sent anywhere. */
export async function renderProtocolError(
  realm: RealmContext,
  ctx: KoaContextWithOIDC,
  out: ErrorOut,
  error: Error,
): Promise<void> {
  const { error_description: description } = error as errors.OIDCProviderError;
  // Somebody who has answered comes here again, later than an answer is repeated (engine/answer-once.ts).
  const uid = isSessionNotFound(error) ? resumedInteraction(ctx.path) : undefined;
  const onward = uid === undefined ? undefined : await continuationOf(realm, ctx.req, uid);
  if (onward !== undefined) {
    ctx.status = 303;
    return ctx.redirect(onward);
  }
  if (isOutOfReach(error)) {
    ctx.status = 503;
    return sendError(realm, ctx, 'unavailable', undefined, retryOf({ method: ctx.method, url: ctx.originalUrl }));
  }
  const code: ErrorPageCode =
    (error as { status?: number }).status === undefined || ctx.status >= 500 ? 'server_error' : codeOf(error, out);
  const hint = code === 'server_error' ? undefined : (description ?? out.error_description);
  await sendError(realm, ctx, code, hint);
}

function codeOf(cause: Error, { error }: ErrorOut): ErrorPageCode {
  // The interaction is over, or belongs to another browser. Its `error` is invalid_request.
  if (isSessionNotFound(cause)) return 'expired';
  if (error === 'invalid_client') return 'unknown_app';
  return error === 'invalid_redirect_uri' ? 'origin_not_registered' : 'invalid_request';
}

export async function sendError(
  realm: RealmContext,
  ctx: KoaContextWithOIDC,
  code: ErrorPageCode,
  developerHint: string | undefined,
  retry?: Retry,
): Promise<void> {
  // An address that has failed its check, or has not come to it, appears nowhere: it may not even be one.
  const { redirect_uri: _unchecked, ...params } = ctx.oidc.params ?? {};
  const page = pageContextOf(realm, params, undefined, ctx.get('accept-language'));
  await writePage(
    ctx,
    errorPage(page, {
      code,
      requestId: String(ctx.res.getHeader('x-request-id') ?? ''),
      ...(developerHint && { developerHint }),
      retry,
    }),
  );
}

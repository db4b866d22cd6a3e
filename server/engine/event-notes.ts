import type { EventEmitter } from 'node:events';
import { WEB_MESSAGE } from '@signup-with-platform/protocol';
import { decodeJwt } from 'jose';
import type { errors, KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { z } from 'zod';
import type { AppEvent, EventDetails } from '../events/app-event.ts';
import { hintOf, originOf, safeText } from '../events/safe-text.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { attemptAtEngine } from './attempts.ts';
import { DEVICE_GRANT } from './clients.ts';
import { foundSoFar } from './engine-internals.ts';
import { presentedClient } from './presented-client.ts';
import { ANSWERED_BY_SIGN_IN, DEVICE_PROMPT } from './prompts.ts';
import { whyNotAuthenticated, whyNotFound } from './why-not-found.ts';

type Context = Partial<Pick<KoaContextWithOIDC, 'oidc'>> & Pick<KoaContextWithOIDC, 'req' | 'res' | 'body'>;
type EngineError = errors.OIDCProviderError & { error_detail?: string };

/** Errors of a request with `prompt=none` that a person would have to answer. */
const NOT_SILENT = new Set([
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]);

/** RFC 8628 section 3.5. */
const STILL_WAITING: ReadonlySet<string> = new Set(['authorization_pending', 'slow_down']);

/** Those of which developers ask; another one is a stranger's text. */
const GRANT_TYPES: ReadonlySet<unknown> = new Set([
  'authorization_code',
  'refresh_token',
  'client_credentials',
  'password',
  'implicit',
  DEVICE_GRANT,
]);

/** Writes what the engine does for an app into that app's event log. Requests of unknown clients are not written. */
export function noteEngineEvents(provider: Provider, context: RealmContext): void {
  const { events, rows, storage } = context;
  const note = (ctx: Context, event: AppEvent) => {
    const clientId = ctx.oidc?.client?.clientId;
    if (clientId === undefined) return;
    events.record(clientId, { requestId: requestIdOf(ctx), attempt: attemptAtEngine(ctx), ...event });
  };
  const on = <Rest extends unknown[]>(name: string, listener: (ctx: Context, ...rest: Rest) => void) =>
    (provider as EventEmitter).on(name, listener);

  on('interaction.started', (ctx, prompt: { name: string }) => {
    // The page that asks about the device is shown by delivery/popup/device/.
    if (prompt.name === DEVICE_PROMPT) return;
    const kind = ANSWERED_BY_SIGN_IN.includes(prompt.name) ? 'popup.sign_in_shown' : 'popup.consent_shown';
    const origin = originOf(ctx.oidc?.params?.['redirect_uri']);
    note(ctx, { kind, detail: { ...(origin && { origin }) } });
  });

  on('authorization.success', (ctx, response?: { id_token?: string }) => {
    const { client, account } = ctx.oidc ?? {};
    if (!response) return note(ctx, { kind: 'device.approved', detail: {} });
    if (response.id_token !== undefined) {
      const { userId, ...told } = readIdToken(response.id_token);
      note(ctx, { kind: 'credential.issued', userId, detail: { response_type: 'id_token', ...told } });
    } else if (client && account) {
      const issued = (userId?: string) =>
        note(ctx, { kind: 'credential.issued', userId, detail: { response_type: 'code' } });
      rows.users.findByAccount(client.clientId, account.accountId).then(
        (user) => issued(user?.id),
        () => issued(),
      );
    }
  });

  const noteRefusal = (ctx: Context, error: EngineError) => {
    // Declining is not an error, and is noted by the page where the person declines.
    if (error.error === 'access_denied') return;
    note(ctx, { kind: 'popup.refused', detail: refusalOf(ctx, error) });
    const clientId = ctx.oidc?.params?.['client_id'];
    if (ctx.oidc?.client || typeof clientId !== 'string') return;
    // The engine does not find an app of the other realm, or one that may not be used, so it is looked up here.
    storage.appEnvironments.findByClientId(clientId).then(
      (app) => {
        const detail = app && whyNotFound(context, app);
        if (detail) events.record(app.clientId, { kind: 'popup.refused', requestId: requestIdOf(ctx), detail });
      },
      () => {},
    );
  };
  on('authorization.error', noteRefusal);
  on('pushed_authorization_request.error', noteRefusal);
  on('device_authorization.error', noteRefusal);

  on('server_error', (ctx) => note(ctx, { kind: 'popup.refused', detail: { reason: 'server_error' } }));

  on('grant.success', (ctx) => {
    const { id_token: idToken } = (ctx.body ?? {}) as { id_token?: string };
    const { userId, ...told } = readIdToken(idToken);
    if (ctx.oidc?.params?.['grant_type'] === 'refresh_token')
      note(ctx, { kind: 'token.refreshed', userId, detail: {} });
    else note(ctx, { kind: 'code.redeemed', userId, detail: told });
  });

  on('grant.error', (ctx, error: EngineError) => {
    // A device asks every few seconds until somebody has decided.
    if (STILL_WAITING.has(error.error)) return;
    const grantType = ctx.oidc?.params?.['grant_type'];
    const hint = error.error_detail ?? error.error_description;
    const detail = {
      error: error.error,
      ...(hint && { hint: hintOf(hint, ctx.oidc?.params) }),
      ...(GRANT_TYPES.has(grantType) && { grant_type: String(grantType) }),
    };
    const refused: AppEvent = { kind: 'token.refused', status: error.statusCode, detail };
    if (error.error !== 'invalid_client') return note(ctx, refused);
    const about = { requestId: requestIdOf(ctx), attempt: attemptAtEngine(ctx) };
    whyNotAuthenticated(context, presentedClient(ctx.req, ctx.oidc?.params)).then(
      (why) => {
        if (why) events.record(why.clientId, { ...refused, ...about, detail: { ...detail, ...why.detail } });
      },
      () => note(ctx, refused),
    );
  });
}

/** Notes calls for which the engine emits no event: userinfo (OpenID Connect Core 1.0 section 5.3) and revocation (RFC 7009). */
export function noteTokenCalls({ events }: Pick<RealmContext, 'events'>): Parameters<Provider['use']>[0] {
  return async (ctx, next) => {
    await next();
    const { route, client, entities } = foundSoFar(ctx);
    if (!client || (route !== 'userinfo' && route !== 'revocation')) return;
    const { clientId } = client;
    const about = { requestId: requestIdOf(ctx), status: ctx.status };
    const { error, sub } = bodySchema.parse(ctx.body);
    const failure = error === undefined ? {} : { error: safeText(error) };
    if (route === 'userinfo') {
      events.record(clientId, { kind: 'userinfo.called', ...about, userId: sub, detail: failure });
      return;
    }
    const token = revokedToken(clientId, entities);
    events.record(clientId, { kind: 'revocation.called', ...about, detail: { ...failure, ...(token && { token }) } });
  };
}

const bodySchema = z
  .object({ error: z.string().optional().catch(undefined), sub: z.string().optional().catch(undefined) })
  .catch({ error: undefined, sub: undefined });

type Found = { clientId?: string | undefined } | undefined;

/** What kind of token a client has revoked. Undefined for a token of another client, because revocation leaves that alone. */
function revokedToken(
  clientId: string,
  entities: { AccessToken?: Found; RefreshToken?: Found } | undefined,
): 'access_token' | 'refresh_token' | undefined {
  if (entities?.AccessToken?.clientId === clientId) return 'access_token';
  if (entities?.RefreshToken?.clientId === clientId) return 'refresh_token';
  return undefined;
}

function requestIdOf({ res }: Pick<Context, 'res'>): string {
  return String(res.getHeader('x-request-id') ?? '');
}

function refusalOf({ oidc }: Context, error: EngineError): EventDetails['popup.refused'] {
  const { redirect_uri: target, response_mode: mode } = oidc?.params ?? {};
  const origin = originOf(target);
  return {
    reason: refusalReason(error, mode),
    ...(origin && { origin }),
    ...(error.error_description && { hint: hintOf(error.error_description, oidc?.params) }),
  };
}

function refusalReason({ error }: { error: string }, mode: unknown): EventDetails['popup.refused']['reason'] {
  if (NOT_SILENT.has(error)) return 'not_silent';
  if (error !== 'invalid_redirect_uri') return 'invalid_request';
  // The answer comes by message, so the redirect URI stands for the page's origin.
  return mode === WEB_MESSAGE ? 'origin_not_registered' : 'redirect_uri_not_registered';
}

function readIdToken(token: string | undefined): { userId?: string; is_new_user?: boolean } {
  if (token === undefined) return {};
  const { sub, is_new_user: isNewUser } = decodeJwt<{ is_new_user?: boolean }>(token);
  return { ...(sub !== undefined && { userId: sub }), ...(isNewUser !== undefined && { is_new_user: isNewUser }) };
}

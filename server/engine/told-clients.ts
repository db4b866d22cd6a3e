import type { EventEmitter } from 'node:events';
import { decodeJwt } from 'jose';
import type { Client, KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import { appOf } from './clients.ts';
import { currentRequest, decideSessionIds, foundSoFar } from './engine-internals.ts';
import { isForElement } from './id-token-alg.ts';
import type { Middleware } from './middleware.ts';
import { sessionIdFor } from './session-id.ts';

/**
 * Names the session in ID tokens (`sid`), and keeps which clients have received one in it, so that they are told when it ends. Clients
 * without an address for that are not kept, and so cost nothing.
 */
export function tellSessions(provider: Provider, context: Pick<RealmContext, 'rows'>): Middleware {
  decideSessionIds(provider, sessionIdFor, includesSessionId);
  const issued = new WeakMap<object, string>();
  (provider as EventEmitter).on('authorization.success', (ctx: object, response?: { id_token?: string }) => {
    if (response?.id_token !== undefined) issued.set(ctx, response.id_token);
  });
  return async (ctx, next) => {
    await next();
    const { client, session, entities, route } = foundSoFar(ctx);
    if (!client || !appOf(client).backchannelLogoutUri) return;
    // Refreshing tells a client nothing that it does not know.
    const source = route === 'token' ? (entities?.AuthorizationCode ?? entities?.DeviceCode) : undefined;
    const uid = route === 'token' ? source?.sessionUid : session?.uid;
    const idToken = source ? (ctx as { body?: { id_token?: string } }).body?.id_token : issued.get(ctx);
    const userId = idToken === undefined ? undefined : decodeJwt(idToken).sub;
    // The response leaves when this is done, so that no client has a token of a session that does not know of it.
    if (uid !== undefined && userId !== undefined)
      await context.rows.sessions.noteClient(uid, { clientId: client.clientId, userId });
  };
}

/** What a client redeems a code for names the session. What the element gets is as small as it can be: only for an app that is told. */
function includesSessionId(client: Client): boolean {
  const { params } = currentRequest()?.oidc ?? ({} as Partial<KoaContextWithOIDC['oidc']>);
  return appOf(client).backchannelLogoutUri !== undefined || !isForElement(params);
}

import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { includesOfflineAccess, OFFLINE_ACCESS } from '../domain/consent/offline-access.ts';
import { appOf } from './clients.ts';
import { foundSoFar, sentParameter } from './engine-internals.ts';
import type { Middleware } from './middleware.ts';

/**
 * Gives a request for a code its scope `offline_access` back, which the engine drops unless `prompt=consent` is sent, in silence. Most clients
 * do not send it, and a person who has not been shown what the scope means is asked by the policy anyway. An `id_token` alone cannot be
 * refreshed, so the scope means nothing there (OpenID Connect Core 1.0 section 11). @throws InvalidScope when the app has turned it off
 */
export function keepOfflineAccess(ctx: KoaContextWithOIDC): void {
  const { params, client } = ctx.oidc;
  if (!params || !client || params['response_type'] === 'id_token') return;
  if (!includesOfflineAccess(sentParameter(ctx, 'scope'))) return;
  if (!appOf(client).offlineAccess) {
    const reason = `the app has turned off ${OFFLINE_ACCESS}; turn it on in the app's settings, or leave the scope out`;
    throw new errors.InvalidScope(reason, OFFLINE_ACCESS);
  }
  if (includesOfflineAccess(params['scope'])) return;
  params['scope'] = [params['scope'], OFFLINE_ACCESS].filter((scope) => scope !== undefined).join(' ');
}

interface TokenAnswer {
  scope?: string | undefined;
  refresh_token?: string | undefined;
}

/** Tells a page that it got no refresh token though it asked: `scope` is what was given, where that is less (RFC 6749 section 5.1). */
export const tellGivenScope: Middleware = async (ctx, next) => {
  await next();
  const { body } = ctx as { body?: TokenAnswer | undefined };
  if (foundSoFar(ctx).route !== 'token' || !body?.scope || body.refresh_token !== undefined) return;
  body.scope = body.scope
    .split(' ')
    .filter((scope) => scope !== OFFLINE_ACCESS)
    .join(' ');
};

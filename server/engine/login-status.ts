import type { ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import { foundSoFar, isEnded } from './engine-internals.ts';
import { hasFedcm } from './fedcm-availability.ts';
import { fedcmCookie, fedcmCookieName, isFedcmCookie } from './fedcm-cookie.ts';

export interface Login {
  /** The session's public identifier; undefined when nobody is signed in. */
  readonly uid: string | undefined;
  /** How long the session lasts. Needed with a `uid`. */
  readonly lifetimeSeconds?: number;
  /** The FedCM cookie of the request. A browser without one is not told to remove it. */
  readonly earlierCookie: string | undefined;
}

/**
 * Tells the browser whether somebody is signed in (Login Status API), and sets or removes the FedCM cookie. Called wherever a browser's
 * session is written: for the engine's responses below, for the portal in engine/browser-session.ts.
 */
export function announceLogin(
  context: RealmContext,
  response: ServerResponse,
  { uid, lifetimeSeconds, earlierCookie }: Login,
): void {
  if (!hasFedcm(context)) return;
  response.setHeader('set-login', uid === undefined ? 'logged-out' : 'logged-in');
  const lines = [response.getHeader('set-cookie') ?? []].flat().map(String);
  const others = lines.filter((line) => !isFedcmCookie(context, line));
  const isWanted = uid !== undefined || earlierCookie !== undefined;
  response.setHeader('set-cookie', [...others, ...(isWanted ? [fedcmCookie(context, uid, lifetimeSeconds)] : [])]);
}

/** Does the same for each response of the engine that read a session. */
export function announceLoginOfEngine(context: RealmContext, lifetimeSeconds: number): Parameters<Provider['use']>[0] {
  return async (ctx, next) => {
    await next();
    const { session } = foundSoFar(ctx);
    if (!session) return;
    const uid = session.accountId && !isEnded(session) ? session.uid : undefined;
    // With what another site embeds, browsers send the cookie of FedCM, which is SameSite=None, and not the session's.
    if (uid === undefined && (ctx.req.headers['sec-fetch-dest'] ?? 'document') !== 'document') return;
    announceLogin(context, ctx.res, {
      uid,
      lifetimeSeconds,
      earlierCookie: ctx.cookies.get(fedcmCookieName(context), { signed: false }),
    });
  };
}

import type { ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import { foundSoFar, isEnded } from './engine-internals.ts';
import { hasFedcm } from './fedcm-availability.ts';
import { fedcmCookie, fedcmCookieName, isFedcmCookie } from './fedcm-cookie.ts';

export interface Login {
  /** The session's handle; undefined when nobody is signed in. */
  readonly uid: string | undefined;
  /** How long the session lasts, if there is one. */
  readonly lifetimeSeconds?: number;
  /** The cookie of FedCM that the request brought. A browser that has none is not told to remove it. */
  readonly earlierCookie: string | undefined;
}

/**
 * Tells the browser whether somebody is signed in (Login Status API), and gives or takes the cookie that FedCM's requests are known by.
 * Called wherever the session of a browser is written: by the engine's answers here, by the portal in engine/browser-session.ts.
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

/** The same for what the engine answers, where a session was looked at. */
export function announceLoginOfEngine(context: RealmContext, lifetimeSeconds: number): Parameters<Provider['use']>[0] {
  return async (ctx, next) => {
    await next();
    const { session } = foundSoFar(ctx);
    if (!session) return;
    announceLogin(context, ctx.res, {
      uid: session.accountId && !isEnded(session) ? session.uid : undefined,
      lifetimeSeconds,
      earlierCookie: ctx.cookies.get(fedcmCookieName(context), { signed: false }),
    });
  };
}

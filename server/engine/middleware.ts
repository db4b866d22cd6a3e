import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { mayLeave } from './asker.ts';
import { foundSoFar } from './engine-internals.ts';
import type { EngineHooks } from './hooks.ts';
import { FIRST_PAGE_IN_PLACE } from './provider-routes.ts';

export type Middleware = Parameters<Provider['use']>[0];

/**
 * Answers the popup's first request with the page itself instead of a redirect to it, which saves a round trip; and whatever request is to be
 * answered elsewhere first, with a redirect to there.
 */
export function renderFirstPageInPlace({
  firstPage,
  leadAway,
}: Pick<EngineHooks, 'firstPage' | 'leadAway'>): Middleware {
  return async (ctx, next) => {
    await next();
    const interaction = foundSoFar(ctx).entities?.Interaction;
    if (ctx.status !== 303 || !interaction) return;
    const elsewhere = await leadAway(ctx, interaction);
    if (elsewhere) {
      ctx.set('location', elsewhere.href);
      ctx.set('cache-control', 'no-store');
      ctx.body = '';
      return;
    }
    if (!(FIRST_PAGE_IN_PLACE in ctx.req)) return;
    ctx.remove('location');
    ctx.status = 200;
    await firstPage(ctx, interaction);
  };
}

/**
 * Shows where a redirect leads instead of making it, when an error goes to an app that nobody has chosen: no page of the app asked, and the
 * person did nothing here (asker.ts).
 */
export function showWhereItLeads(publicUrl: string, leave: EngineHooks['leave']): Middleware {
  return async (ctx, next) => {
    await next();
    const { route, entities } = foundSoFar(ctx);
    const location = ctx.response.get('location');
    if (route !== 'authorization' || location === '' || entities?.AuthorizationCode) return;
    if (new URL(location, publicUrl).origin === publicUrl || mayLeave(ctx as KoaContextWithOIDC, publicUrl)) return;
    ctx.remove('location');
    ctx.status = 400;
    await leave(ctx as KoaContextWithOIDC, location);
  };
}

/** Removes the type `text/plain` from empty responses, such as a revocation's, because oidc-client-ts accepts only JSON or no type. */
export const leaveEmptyUntyped: Middleware = async (ctx, next) => {
  await next();
  if ((ctx as { body?: unknown }).body === '') ctx.remove('content-type');
};

import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { RETRY_LATER } from '../http/out-of-reach.ts';
import { isOutOfReach } from '../storage/database-errors.ts';
import type { EngineHooks } from './hooks.ts';

type Middleware = Parameters<Provider['use']>[0];
type Context = Parameters<Middleware>[0];

/** RFC 6749 section 4.1.2.1 has the code for the authorization endpoint; clients know it, so the other endpoints use it, too. */
const UNAVAILABLE = {
  error: 'temporarily_unavailable',
  error_description: 'the database is unreachable at the moment, wait for Retry-After',
};

/**
 * Answers 503 when the database is out of reach, where the engine would answer 500. It has to be the first middleware, because some of
 * ours, such as the one that renders the first page, use the database after the engine has answered.
 */
export function answerWhenOutOfReach(provider: Provider, renderError: EngineHooks['renderError']): Middleware {
  const failed = new WeakSet<object>();
  provider.on('server_error', (ctx, error) => {
    if (isOutOfReach(error)) failed.add(ctx);
  });
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof Error) || !isOutOfReach(error)) throw error;
      // Thrown after the engine has begun; an error of its own does not come this far.
      if (!hasBegun(ctx)) throw error;
      provider.emit('server_error', ctx, error);
      await renderError(ctx, UNAVAILABLE, error);
    }
    if (!failed.has(ctx)) return;
    ctx.status = 503;
    ctx.set(RETRY_LATER);
    if (isServerError(ctx)) ctx.body = UNAVAILABLE;
  };
}

function hasBegun(ctx: Context): ctx is Context & KoaContextWithOIDC {
  return 'oidc' in ctx;
}

/** The engine's own answer in JSON. A page says it in its own words. */
function isServerError(ctx: Context): boolean {
  const { body } = ctx as { body?: unknown };
  return typeof body === 'object' && body !== null && 'error' in body && body.error === 'server_error';
}

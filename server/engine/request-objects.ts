import { decodeJwt } from 'jose';
import type { Middleware } from './middleware.ts';
import { PROVIDER_ROUTES } from './provider-routes.ts';

/** What says how a request is answered. */
const OF_THE_ANSWER = ['state', 'response_mode'] as const;

/**
 * Request objects (OpenID Connect Core 1.0 section 6.1) are not supported, and the engine says so to the client. Whoever sends one has all but
 * the required parameters only in it, so the refusal goes where the object says, and its client can tell which request it belongs to. No
 * signature is needed for that, because parameters in the address, which nobody signs either, may say the same, and they take precedence.
 */
export const refuseAsRequestObjectSays: Middleware = async (ctx, next) => {
  const { request } = ctx.query;
  if (ctx.path === PROVIDER_ROUTES.authorization && typeof request === 'string') {
    const claims = claimsIn(request);
    for (const name of OF_THE_ANSWER) {
      const value = claims[name];
      if (typeof value === 'string' && !(name in ctx.query)) ctx.query = { ...ctx.query, [name]: value };
    }
  }
  await next();
};

function claimsIn(request: string): Record<string, unknown> {
  try {
    return decodeJwt(request);
  } catch {
    return {};
  }
}

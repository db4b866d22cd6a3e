import { type Adapter, errors } from 'oidc-provider';
import { currentRequest, foundSoFar } from './engine-internals.ts';
import { assertModest, type KeptLimit } from './kept-limit.ts';
import type { Middleware } from './middleware.ts';

/** The engine's name of a request that a client has sent beforehand (RFC 9126). */
export const PUSHED_REQUEST = 'PushedAuthorizationRequest';

/** Bounds what is kept of pushed requests: each as what a browser may bring, and their number. */
export function pushedRequestAdapter(records: Adapter, limit: KeptLimit): Adapter {
  return {
    ...records,
    upsert: async (id, payload, expiresIn) => {
      const ctx = currentRequest();
      // What is refused later, when a page is to be shown for it, is refused here, where the developer sees it.
      assertModest(ctx?.oidc.params);
      if (ctx) await limit.count(ctx);
      await records.upsert(id, payload, expiresIn);
    },
    consume: async (id) => {
      // Of two requests with the same address at the same moment, one is answered.
      const isFirst = await records.consume(id).then(
        () => true,
        (error: unknown) => {
          if (error instanceof errors.InvalidGrant) return false;
          throw error;
        },
      );
      if (!isFirst) throw new errors.InvalidRequestUri('request_uri was already used');
    },
  };
}

/**
 * Makes a `request_uri` work once (RFC 9126 section 4). The engine does not take it while somebody still has to sign in, so whoever sees the
 * address could begin with it again. A reload does not bring it back, because the page has an address of its own.
 */
export const useRequestUriOnce: Middleware = async (ctx, next) => {
  await next();
  const { route, entities } = foundSoFar(ctx);
  if (route === 'authorization' && ctx.status < 500) await entities?.PushedAuthorizationRequest?.destroy();
};

import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { z } from 'zod';
import { CLIENT_ADDRESS } from '../http/client-address.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { foundSoFar } from './engine-internals.ts';
import { presentedClient } from './presented-client.ts';
import { AUTHENTICATING_ROUTES } from './provider-routes.ts';

const refusalSchema = z.object({ error: z.literal('invalid_client') });

/**
 * Slows wrong client secrets wherever the engine checks them: after ten for one client from one network, the next are answered 429.
 * The right secret always works, however many were wrong before it, because the client_id is public and must not be a way to lock an app
 * out. That costs nothing, because secrets have 128 bits and their check is one fast hash.
 */
export function limitSecrets({
  storage,
  throttle,
}: Pick<RealmContext, 'storage' | 'throttle'>): Parameters<Provider['use']>[0] {
  return async (ctx, next) => {
    await next();
    const { route, params } = foundSoFar(ctx);
    if (!AUTHENTICATING_ROUTES.has(route) || !refusalSchema.safeParse(ctx.body).success) return;
    const { [CLIENT_ADDRESS]: address } = ctx.req as IncomingMessage & { [CLIENT_ADDRESS]?: string };
    const { clientId: named } = presentedClient(ctx.req, params);
    // Names that nobody has share one count, so that inventing them costs us nothing.
    const subject = CLIENT_ID.test(named) && (await storage.appEnvironments.findByClientId(named)) ? named : '';
    const waitMs = await throttle.count('tokenSecrets', { address, subject });
    if (waitMs === 0) return;
    ctx.status = 429;
    ctx.set('retry-after', String(Math.ceil(waitMs / 1000)));
    ctx.body = {
      error: 'invalid_client',
      error_description: 'too many wrong client secrets; check the secret, and wait for Retry-After',
    };
  };
}

const CLIENT_ID = /^[a-zA-Z\d]{32}$/;

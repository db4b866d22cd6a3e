import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { z } from 'zod';
import { CLIENT_ADDRESS } from '../http/client-address.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { foundSoFar } from './engine-internals.ts';
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
    const named = clientIdOf(ctx.req, params?.['client_id']);
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

/** The client that a request names, in the form or by HTTP Basic (RFC 6749 section 2.3.1), whether or not it exists. */
function clientIdOf({ headers }: IncomingMessage, named: unknown): string {
  const [, credentials] = /^basic ([\w+/=]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (credentials !== undefined) return Buffer.from(credentials, 'base64').toString().split(':', 1)[0] ?? '';
  return typeof named === 'string' ? named : '';
}

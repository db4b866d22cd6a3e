import type { IncomingMessage } from 'node:http';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { networkKey } from '../domain/throttle/network-key.ts';
import { CLIENT_ADDRESS } from '../http/client-address.ts';
import { createOwnLimiter, LimitState } from '../storage/limiter.ts';
import { MINUTE_SECONDS } from './lifetimes.ts';

/** Of an authorization request's parameters, as they are kept. A page's own requests have about 400. */
const MAX_PARAMETERS_LENGTH = 4_096;

/** Anybody can make the server keep a request. @throws InvalidRequest */
export function assertModest(params: unknown): void {
  if (JSON.stringify(params ?? {}).length <= MAX_PARAMETERS_LENGTH) return;
  throw new errors.InvalidRequest(`the parameters have more than ${MAX_PARAMETERS_LENGTH} characters together`);
}

/** For a client in a minute. Without a secret anybody can come as the client, so there the network pays, too. */
const LIMIT = { points: 3_000, duration: MINUTE_SECONDS };

/** RFC 9126 section 2.3 has the status. The code is that of RFC 6749 section 4.1.2.1, which clients know. */
class TooManyRequestsError extends errors.CustomOIDCProviderError {
  constructor() {
    super('temporarily_unavailable', `more than ${LIMIT.points} requests in a minute; wait for Retry-After`);
    Object.assign(this, { status: 429, statusCode: 429 });
  }
}

/**
 * Limits how many requests a client has the server keep for later. Each process counts for itself, because the bound need not be exact and a
 * query would cost every sign-in.
 */
export class KeptLimit {
  readonly #limiter = createOwnLimiter('kept', LIMIT);

  /** Counts the request that is being answered. @throws TooManyRequestsError with `Retry-After` set */
  async count(ctx: KoaContextWithOIDC): Promise<void> {
    const { client } = ctx.oidc;
    if (!client) return;
    const { [CLIENT_ADDRESS]: address } = ctx.req as IncomingMessage & { [CLIENT_ADDRESS]?: string };
    const isPublic = client.clientAuthMethod === 'none';
    const network = isPublic && address !== undefined ? (networkKey(address, 64) ?? 'local') : '';
    try {
      await this.#limiter.consume(`${client.clientId} ${network}`);
    } catch (refusal) {
      if (!(refusal instanceof LimitState)) throw refusal;
      ctx.set('retry-after', String(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))));
      throw new TooManyRequestsError();
    }
  }
}

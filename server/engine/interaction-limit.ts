import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkKey } from '../domain/throttle/network-key.ts';
import { retryAfter } from '../http/retry-after.ts';
import { createOwnLimiter } from '../storage/limiter.ts';
import { foundSoFar } from './engine-internals.ts';
import { HOUR_SECONDS } from './lifetimes.ts';
import type { Middleware } from './middleware.ts';

/** High, because thousands of people may share an address of a mobile network. It bounds what is kept for one address at a time. */
const LIMIT = { points: 3_000, duration: HOUR_SECONDS };

/** Marks a request for which the engine has stored an interaction. */
const STORED = Symbol('an interaction was stored');
/** The key of a request that is not counted for its network. */
const COUNTED_FOR = Symbol('counted for');

/** Fastify's error handler answers with the page of this status. */
class TooManyInteractionsError extends Error {
  override name = 'TooManyInteractionsError';
  readonly statusCode = 429;
}

/**
 * Limits how many interactions (popups where somebody has to sign in or agree) one network address opens, because each is kept for a while.
 * Each process counts for itself: one query more would cost every returning customer, and the bound need not be exact.
 */
export class InteractionLimit {
  readonly #limiter = createOwnLimiter('interactions', LIMIT);

  /**
   * Whoever is signed in has a count of their own once their network's is used up: customers who come back are not to be kept out by
   * strangers in their network.
   * @param signedInAs asked only where it decides
   * @throws TooManyInteractionsError
   */
  async check(
    request: FastifyRequest,
    reply: FastifyReply,
    signedInAs: () => Promise<string | undefined>,
  ): Promise<void> {
    const network = networkKey(request.ip, 64);
    if (network === undefined || (await this.#waitMs(network)) === 0) return;
    const account = await signedInAs();
    const waitMs = await this.#waitMs(account === undefined ? network : accountKey(account));
    if (account !== undefined && waitMs === 0) {
      Object.assign(request.raw, { [COUNTED_FOR]: accountKey(account) });
      return;
    }
    retryAfter(reply, waitMs);
    throw new TooManyInteractionsError('this network address has opened too many popups');
  }

  /** Counts a request for which an interaction was stored outside of the engine. */
  noteStored(request: FastifyRequest): Promise<void> {
    Object.assign(request.raw, { [STORED]: true });
    return this.note(request);
  }

  /** Counts a request that has been answered. */
  async note(request: FastifyRequest): Promise<void> {
    const { [COUNTED_FOR]: account } = request.raw as { [COUNTED_FOR]?: string };
    const key = account ?? networkKey(request.ip, 64);
    if (key !== undefined && STORED in request.raw) await this.#limiter.penalty(key);
  }

  async #waitMs(key: string): Promise<number> {
    const state = await this.#limiter.get(key);
    return !state || state.consumedPoints < LIMIT.points ? 0 : Math.max(state.msBeforeNext, 0);
  }
}

const accountKey = (id: string) => `account:${id}`;

export const markStoredInteractions: Middleware = async (ctx, next) => {
  await next();
  const { route, entities } = foundSoFar(ctx);
  if (route === 'authorization' && entities?.Interaction) Object.assign(ctx.req, { [STORED]: true });
};

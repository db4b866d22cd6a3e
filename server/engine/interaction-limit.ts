import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkKey } from '../domain/throttle/network-key.ts';
import { createLimiter } from '../storage/limiter.ts';
import { foundSoFar } from './engine-internals.ts';
import { HOUR_SECONDS } from './lifetimes.ts';
import type { Middleware } from './middleware.ts';

/** High, because thousands of people may share an address of a mobile network. It bounds what is kept for one address at a time. */
const LIMIT = { points: 3_000, duration: HOUR_SECONDS };

/** Marks a request for which the engine has stored an interaction. */
const STORED = Symbol('an interaction was stored');

/** Fastify's error handler answers with the page of this status. */
export class TooManyInteractionsError extends Error {
  override name = 'TooManyInteractionsError';
  readonly statusCode = 429;
}

/**
 * Limits how many interactions (popups where somebody has to sign in or agree) one network address opens, because each is kept for a while.
 * Each process counts for itself: one query more would cost every returning customer, and the bound need not be exact.
 */
export class InteractionLimit {
  readonly #limiter = createLimiter(undefined, 'interactions', LIMIT);

  /** @throws TooManyInteractionsError */
  async check(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const address = networkKey(request.ip, 64);
    const state = address === undefined ? null : await this.#limiter.get(address);
    if (!state || state.consumedPoints < LIMIT.points || state.msBeforeNext <= 0) return;
    reply.header('retry-after', Math.ceil(state.msBeforeNext / 1000));
    throw new TooManyInteractionsError('this network address has opened too many popups');
  }

  /** Counts a request that has been answered. */
  async note(request: FastifyRequest): Promise<void> {
    const address = networkKey(request.ip, 64);
    if (address !== undefined && STORED in request.raw) await this.#limiter.penalty(address);
  }
}

export const markStoredInteractions: Middleware = async (ctx, next) => {
  await next();
  const { route, entities } = foundSoFar(ctx);
  if (route === 'authorization' && entities?.Interaction) Object.assign(ctx.req, { [STORED]: true });
};

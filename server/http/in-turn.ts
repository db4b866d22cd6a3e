import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FairQueue } from '../load/fair-queue.ts';
import { Place } from '../load/place.ts';

declare module 'fastify' {
  interface FastifyRequest {
    place: Place | null;
  }
}

export interface InTurnOptions {
  readonly queue: FairQueue;
  /** Whose line a request stands in. */
  payerOf(request: FastifyRequest): string;
  /** Whether a route is answered whatever there is to do. */
  isAlwaysAnswered(url: string): boolean;
}

/**
 * Lets handlers run a few at a time, and refuses at once what would wait too long: OverloadedError, which each contract answers in its own
 * form. A place is given back when the answer is ready, and not when it has been read, because that is up to the client. Preflights need
 * none: they cost next to nothing, and a browser takes a refusal for a prohibition. To be called before there are routes.
 */
export function answerInTurn(app: FastifyInstance, { queue, payerOf, isAlwaysAnswered }: InTurnOptions): void {
  app.decorateRequest('place', null);
  app.addHook('onSend', (request, _reply, payload, done) => {
    request.place?.leave();
    done(null, payload);
  });
  app.addHook('onRoute', (route) => {
    if (isAlwaysAnswered(route.url)) return;
    const { handler } = route;
    route.handler = function (request, reply) {
      if (request.method === 'OPTIONS') return handler.call(this, request, reply);
      const payer = () => payerOf(request);
      const place = () => new Place(queue, payer, () => reply.raw.destroyed);
      const begin = () => withPlace(place(), request, () => handler.call(this, request, reply));
      if (queue.enterAtOnce()) return begin();
      return queue.enter(payer()).then(() => {
        if (!reply.raw.destroyed) return begin();
        // Nobody waits for it any more, and nothing has been done for it. Fastify answers nothing to whoever has gone.
        queue.leave();
      });
    };
  });
}

function withPlace<Result>(place: Place, request: FastifyRequest, handle: () => Result): Result {
  request.place = place;
  const leave = () => place.leave();
  try {
    const result = place.run(handle);
    // What the engine answers passes by `onSend`.
    if (result instanceof Promise) result.then(leave, leave);
    return result;
  } catch (error) {
    leave();
    throw error;
  }
}

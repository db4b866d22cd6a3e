import type { FastifyInstance } from 'fastify';
import { networkAsPayer } from '../domain/throttle/guesses.ts';
import { awaitHandlersOnClose } from '../http/handlers-under-way.ts';
import { answerInTurn } from '../http/in-turn.ts';
import { FairQueue } from '../load/fair-queue.ts';
import type { Database } from '../storage/database.ts';

/**
 * How many requests are worked on at once. SQLite answers within the call, so more of them only make each turn of the event loop longer, and
 * libuv accepts one connection a turn: those of a flood would keep everybody else's waiting, `/healthz` among them. Sixteen cost no
 * more for each than all at once, because they share their commits; four cost half as much again. On PostgreSQL most of them wait for an
 * answer, which takes longer the farther it is.
 */
const CONCURRENCY = { SQLite: 16, PostgreSQL: 64 };
/** The last one waits as long as so many requests take: half a second for popups, which take longest, on a processor of its own. */
const MAX_WAITING = 256;
const REFUSAL = 'The server has more to do than it can at the moment. Wait for Retry-After.';

/** Whoever watches this server; what is the same for everybody, costs little, and needs no database: keys, the widget, documentation, icons. */
const ALWAYS_ANSWERED: readonly RegExp[] = [
  /^\/(healthz|readyz|metrics|diagnostics(\/stream)?)$/,
  /^(\/sandbox)?(\/jwks|\/\.well-known\/.+|\/fedcm\/(config\.json|client-metadata))$/,
  /^\/widget(\.js|\/(?!check$))/,
  /^\/(docs(\/(?!your-apps$).*)?|openapi\.json|llms(-full)?\.txt)$/,
  /^\/(sandbox|robots\.txt|favicon\.\w+|apple-touch-icon\.png|packages\/?|packages\/packages\.json)?$/,
];

export function createRequestQueue({ pool }: Pick<Database, 'pool'>): FairQueue {
  const concurrency = CONCURRENCY[pool ? 'PostgreSQL' : 'SQLite'];
  return new FairQueue(REFUSAL, { concurrency, maxWaiting: MAX_WAITING });
}

/**
 * Lets requests have their turn by network, and refuses early what is too much. A server that stops waits for them. To be called before there
 * are routes.
 */
export function addRequestQueue(app: FastifyInstance, queue: FairQueue): void {
  answerInTurn(app, {
    queue,
    payerOf: ({ ip }) => networkAsPayer(ip),
    isAlwaysAnswered: (url) => ALWAYS_ANSWERED.some((pattern) => pattern.test(url)),
  });
  awaitHandlersOnClose(app);
}

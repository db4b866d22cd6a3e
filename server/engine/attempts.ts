import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { randomId } from '../storage/ids.ts';
import { currentRequest, foundSoFar, keepProperty } from './engine-internals.ts';

/** Property of interactions, codes and device codes. Those of earlier versions lack it, and their events stand alone. */
const PROPERTY = 'attempt';
interface Kept {
  readonly clientId?: string | undefined;
  readonly [PROPERTY]?: unknown;
}

/** Where people answer; a page that is answered leads to the next. FedCM asks no route. */
const ROUTES_OF_PEOPLE: ReadonlySet<string | undefined> = new Set([
  'authorization',
  'resume',
  'device_resume',
  undefined,
]);

const attempts = new WeakMap<IncomingMessage, string | undefined>();

/**
 * The attempt that a request belongs to: everything from opening the popup to redeeming the code. A request that continues none begins one.
 * The id is made here, because `state` is the caller's, who may send the same one every time.
 */
export function attemptOf(request: IncomingMessage): string | undefined {
  if (!attempts.has(request)) attempts.set(request, randomId());
  return attempts.get(request);
}

/** Says which attempt a request continues. @param kept what was kept of it */
export function continueAttempt(request: IncomingMessage, kept: object): void {
  attempts.set(request, attemptIn(kept));
}

/** What an event says of the request that it happened in. */
export function traceOf({ id, raw }: Pick<FastifyRequest, 'id' | 'raw'>): {
  requestId: string;
  attempt: string | undefined;
} {
  return { requestId: id, attempt: attemptOf(raw) };
}

/** Keeps the attempt with whatever leads from one of its requests to the next. */
export function keepAttempts(provider: Provider): void {
  for (const model of ['Interaction', 'AuthorizationCode', 'DeviceCode'] as const) {
    keepProperty(provider, model, PROPERTY, () => {
      const ctx = currentRequest();
      return ctx && attemptOf(ctx.req);
    });
  }
}

/** The attempt of a request that the engine answers. A program's request has the one of the code that it brings, and begins none. */
export function attemptAtEngine(ctx: Partial<Pick<KoaContextWithOIDC, 'req'>>): string | undefined {
  const { client, entities, route } = foundSoFar(ctx);
  if (ROUTES_OF_PEOPLE.has(route)) return ctx.req && attemptOf(ctx.req);
  const code: Kept | undefined = entities?.AuthorizationCode ?? entities?.DeviceCode;
  // Another client's code tells this one nothing.
  return code && code.clientId === client?.clientId ? attemptIn(code) : undefined;
}

export function attemptIn(kept: object): string | undefined {
  const attempt = (kept as Kept)[PROPERTY];
  return typeof attempt === 'string' ? attempt : undefined;
}

import type { IncomingMessage } from 'node:http';
import { collectBody } from '../http/body/collect-body.ts';
import { hasBody } from '../http/body/unread-body.ts';
import { elsewhere } from '../load/place.ts';
import { giveBody } from './engine-internals.ts';

/** As much as the engine reads. It refuses what is larger. */
const MAX_BYTES = 56 * 1024;

/**
 * Reads the body of a request to the engine, so that the engine finds it read. Only the client knows how long its body takes, so it takes no
 * place meanwhile, and what follows waits for its turn: the engine, which reads a body itself, would work at once on all that end at one
 * moment. What is wrong with the body is for the engine to say.
 */
export async function readBodyFor(request: IncomingMessage): Promise<void> {
  if (request.method !== 'POST' || !hasBody(request)) return;
  const collect = () =>
    collectBody(request, MAX_BYTES, 'refuse').then(
      ({ bytes }) => bytes,
      (error: Error) => error,
    );
  giveBody(request, await (request.complete ? collect() : elsewhere(collect)));
}

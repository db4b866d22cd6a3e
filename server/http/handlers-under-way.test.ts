import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { it } from 'node:test';
import Fastify from 'fastify';
import { awaitHandlersOnClose } from './handlers-under-way.ts';

/** Asks, goes away once the handler runs, and closes the server. @returns whether the handler ended before the close did */
async function closeDuring(maxWaitMs: number | undefined, finish: Promise<void>, release: () => void) {
  const app = Fastify();
  awaitHandlersOnClose(app, maxWaitMs);
  const begun = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  let hasEnded = false;
  app.get('/slow', async (request) => {
    request.raw.socket.once('close', () => gone.resolve());
    begun.resolve();
    await finish;
    hasEnded = true;
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const client = connect(Number(new URL(address).port), '127.0.0.1');
  await once(client, 'connect');
  client.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
  await begun.promise;
  client.destroy();
  await gone.promise;
  const closed = app.close();
  release();
  await closed;
  return hasEnded;
}

it('a server that stops waits for the handler of a client that has gone', async () => {
  const finish = Promise.withResolvers<void>();
  // After everything else that a close does at once.
  assert.equal(await closeDuring(undefined, finish.promise, () => setTimeout(finish.resolve, 100)), true);
});

it('a server that stops does not wait for a handler that never ends', async () => {
  const never = new Promise<void>(() => {});
  assert.equal(await closeDuring(50, never, () => {}), false);
});

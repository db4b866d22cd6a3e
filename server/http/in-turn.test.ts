import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Fastify, { type FastifyInstance, type onSendAsyncHookHandler } from 'fastify';
import { until } from '../../scripts/testing/until.ts';
import { FairQueue } from '../load/fair-queue.ts';
import { elsewhere } from '../load/place.ts';
import { readBody } from './body/read-body.ts';
import { leaveBodiesToHandlers } from './body/unread-body.ts';
import { answerInTurn } from './in-turn.ts';

/** More than any socket keeps for a client that does not read. */
const LARGE = 'x'.repeat(32 * 1024 * 1024);

describe('requests that have their turn', () => {
  let app: FastifyInstance;
  let queue: FairQueue;
  let port: number;
  /** What `/held` waits for. */
  let held: PromiseWithResolvers<void>;
  let started: string[];

  beforeEach(async () => {
    app = Fastify();
    leaveBodiesToHandlers(app);
    queue = new FairQueue('too much to do', { concurrency: 2, maxWaiting: 3 });
    held = Promise.withResolvers<void>();
    started = [];
    answerInTurn(app, {
      queue,
      payerOf: ({ headers }) => String(headers['x-network']),
      isAlwaysAnswered: (url) => url === '/healthz',
    });
    app.get('/healthz', async () => 'ok');
    app.options('/held', async () => 'ask');
    app.get('/held', async ({ headers }) => {
      started.push(String(headers['x-network']));
      await held.promise;
      return 'done';
    });
    app.get('/elsewhere', async () => {
      started.push('elsewhere');
      await elsewhere(() => held.promise);
      return 'done';
    });
    // A handler that returns its reply ends with the answer where a hook takes its time.
    const onSend: onSendAsyncHookHandler = async (_request, _reply, payload) => {
      await nextTurn();
      return payload;
    };
    app.get('/large', { onSend }, async (_request, reply) => {
      started.push('large');
      return reply.send(LARGE);
    });
    app.post('/body', async (request) => {
      started.push('body');
      await readBody(request, { types: ['json'], maxBytes: 1_000 });
      return 'read';
    });
    app.post('/body/held', async (request) => {
      started.push('body');
      await readBody(request, { types: ['json'], maxBytes: 1_000 });
      started.push('read');
      await held.promise;
      return 'done';
    });
    app.get('/fails', async () => {
      throw new Error('failed');
    });
    const address = await app.listen({ port: 0, host: '127.0.0.1' });
    port = Number(new URL(address).port);
  });
  afterEach(async () => {
    held.resolve();
    await app.close();
  });

  const ask = (path: string, network = 'a') =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'x-network': network } });
  const connections = () =>
    new Promise<number>((resolve, reject) => {
      app.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
    });
  /** Asks by hand. @returns the connection */
  const send = async (text: string) => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(text);
    return socket;
  };

  it('are refused when too many wait, whoever floods first, and always answered where that is said', async () => {
    const flood = Array.from({ length: 8 }, () => ask('/held', 'flood').then(({ status }) => status));
    await until(() => queue.size === 3 && queue.lost === 3);
    const other = ask('/held', 'other').then(({ status }) => status);
    await until(() => queue.lost === 4);
    assert.equal((await ask('/healthz')).status, 200);
    assert.equal((await fetch(`http://127.0.0.1:${port}/held`, { method: 'OPTIONS' })).status, 200, 'a preflight');
    held.resolve();
    assert.equal(await other, 200);
    const statuses = await Promise.all(flood);
    assert.equal(statuses.filter((status) => status === 200).length, 4);
    assert.equal(statuses.filter((status) => status === 503).length, 4);
    assert.ok(started.indexOf('other') <= 3, started.join());
    assert.equal(queue.size, 0);
  });

  it('take no place while they wait for somebody else', async () => {
    const away = Array.from({ length: 5 }, () => ask('/elsewhere'));
    await until(() => started.length === 5);
    assert.equal((await ask('/fails')).status, 500);
    held.resolve();
    for (const answer of away) assert.equal((await answer).status, 200);
    assert.ok(
      queue.enterAtOnce() && queue.enterAtOnce() && !queue.enterAtOnce(),
      'every place is free again, and no more',
    );
  });

  it('take no place while their body arrives', async () => {
    const head = 'POST /body HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{';
    const slow = await Promise.all(Array.from({ length: 5 }, () => send(head)));
    await until(() => started.length === 5);
    assert.equal((await ask('/fails')).status, 500);
    for (const socket of slow) socket.destroy();
  });

  it('wait for their turn again when they have waited for somebody else, and other networks come first', async () => {
    const begun =
      'POST /body/held HTTP/1.1\r\nhost: x\r\nx-network: flood\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{';
    const flood = await Promise.all(Array.from({ length: 20 }, () => send(begun)));
    await until(() => started.length === 20);
    // All that one network has waiting would be worked on at once.
    for (const socket of flood) socket.write('}');
    await until(() => started.includes('read'));
    const other = ask('/held', 'other');
    await until(() => queue.size === 1);
    assert.deepEqual(started.slice(20), ['read', 'read']);
    held.resolve();
    assert.equal((await other).status, 200);
    assert.ok(started.indexOf('other') < 24, started.join());
    await until(() => started.filter((step) => step === 'read').length === 20);
    for (const socket of flood) socket.destroy();
  });

  it('take no place while their answer is read', async () => {
    const slow = await Promise.all(Array.from({ length: 5 }, () => send('GET /large HTTP/1.1\r\nhost: x\r\n\r\n')));
    for (const socket of slow) socket.pause();
    await until(() => started.length === 5);
    assert.equal((await ask('/fails')).status, 500);
    for (const socket of slow) socket.destroy();
  });

  it('are not worked on when nobody waits for them any more', async () => {
    const others = [ask('/held'), ask('/held')];
    await until(() => started.length === 2);
    const gone = await send('GET /held HTTP/1.1\r\nhost: x\r\nx-network: gone\r\n\r\n'.repeat(2));
    await until(() => queue.size === 2);
    gone.destroy();
    await until(async () => (await connections()) === 2);
    held.resolve();
    for (const answer of others) assert.equal((await answer).status, 200);
    assert.equal((await ask('/held')).status, 200);
    assert.deepEqual(started, ['a', 'a', 'a']);
    assert.ok(queue.enterAtOnce() && queue.enterAtOnce() && !queue.enterAtOnce(), 'they have left their places');
  });

  it('leave their place once, however they end', async () => {
    for (let turn = 0; turn < 5; turn += 1) assert.equal((await ask('/fails')).status, 500);
    const gone = await send('GET /held HTTP/1.1\r\nhost: x\r\nx-network: gone\r\n\r\n');
    await until(() => started.includes('gone'));
    gone.destroy();
    held.resolve();
    assert.equal((await ask('/held')).status, 200);
    await until(() => queue.enterAtOnce());
    await until(() => queue.enterAtOnce());
    assert.equal(queue.enterAtOnce(), false);
  });
});

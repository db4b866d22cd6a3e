import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { after, describe, it } from 'node:test';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type pg from 'pg';
import { until } from '../../scripts/testing/until.ts';
import { DatabaseCrowdedError } from './database-errors.ts';
import { PipelinedReads } from './pipelined-reads.ts';
import { socketOf } from './postgres.ts';
import { createTestDatabase, type TestDatabase } from './testing/engines.ts';

const SILENCE_MS = 500;
/** Where answers are kept back for a moment, which is longer on a busy machine. */
const PATIENT_MS = 30_000;

/** A network between this process and PostgreSQL, which can be made to swallow what is sent, or to drop its connections. */
class Network {
  readonly #server: Server;
  readonly #target: URL;
  readonly pairs = new Set<{ near: Socket; far: Socket }>();
  isSilent = false;

  constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((near) => {
      const far = connect(Number(this.#target.port), this.#target.hostname);
      const pair = { near, far };
      this.pairs.add(pair);
      near.on('data', (data) => this.isSilent || far.write(data)).on('error', () => {});
      far.on('data', (data) => near.write(data)).on('error', () => {});
      near.on('close', () => far.destroy());
      far.on('close', () => {
        near.destroy();
        this.pairs.delete(pair);
      });
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const url = new URL(this.#target);
    const address = this.#server.address();
    url.port = String(typeof address === 'object' && address?.port);
    return url.href;
  }

  close(): void {
    this.#server.close();
    for (const { near } of this.pairs) near.destroy();
  }
}

describe('reads that share a connection', () => {
  let home: TestDatabase | undefined;
  after(() => home?.remove());

  async function withReads(
    test: (reads: PipelinedReads, network: Network, clients: pg.Client[]) => Promise<void>,
    silenceMs = SILENCE_MS,
  ) {
    home ??= await createTestDatabase('PostgreSQL');
    const network = new Network(home.settings.databaseUrl ?? '');
    const connectionString = await network.open();
    const clients: pg.Client[] = [];
    const reads = new PipelinedReads({
      client: { connectionString, connectionTimeoutMillis: 3_000 },
      silenceMs,
      socketOf: (client) => {
        if (!clients.includes(client)) clients.push(client);
        return socketOf(client);
      },
      onError: () => {},
    });
    try {
      await test(reads, network, clients);
    } finally {
      await reads.close();
      network.close();
    }
  }
  const one = (reads: PipelinedReads, value = 1) =>
    reads.first<{ value: number }, { value: number }>('select $1::int as value', [value], (row) => row);

  it('fail when the server is silent, however many go on asking', () =>
    withReads(async (reads, network) => {
      assert.deepEqual(await one(reads), { value: 1 });
      network.isSilent = true;
      const outcome = one(reads, 2).then(
        () => 'answered',
        () => 'refused',
      );
      let asked = 0;
      const asking = setInterval(() => {
        asked += 1;
        one(reads, 2 + asked).catch(() => {});
      }, SILENCE_MS / 10);
      const first = await Promise.race([outcome, delay(SILENCE_MS * 8, 'still waiting')]);
      clearInterval(asking);
      network.isSilent = false;
      assert.equal(first, 'refused', `${asked} others asked meanwhile`);
    }));

  it('that are not answered have a limit, above which the next is refused at once', () =>
    withReads(async (reads, network) => {
      await one(reads);
      network.isSilent = true;
      const asked = Array.from({ length: 3_000 }, (_, value) => one(reads, value));
      assert.equal(reads.size, reads.max);
      for (const refused of asked.slice(reads.max)) await assert.rejects(refused, DatabaseCrowdedError);
      assert.equal(reads.lost, 2_000);
      network.isSilent = false;
      await Promise.allSettled(asked);
      assert.equal(reads.size, 0);
      await one(reads).catch(() => one(reads));
    }));

  it('that are too many do not keep anybody from learning that the server answers', () =>
    withReads(async (reads, network) => {
      await one(reads);
      for (const { near } of network.pairs) near.pause();
      const asked = Array.from({ length: reads.max }, (_, value) => one(reads, value));
      await nextTurn();
      await nextTurn();
      await assert.rejects(one(reads, -1), DatabaseCrowdedError);
      const pings = [reads.ping(), reads.ping()];
      assert.equal(reads.size, reads.max + 1, 'two that ask at the same time share an answer');
      for (const { near } of network.pairs) near.resume();
      await Promise.all([...pings, ...asked]);
    }, PATIENT_MS));

  it('are prepared once, and go on unprepared when a pooler gives them a connection that knows nothing of it', () =>
    withReads(async (reads, _network, clients) => {
      await one(reads);
      const [client] = clients;
      assert.ok(client);
      const names = async () =>
        (await client.query<{ name: string }>('select name from pg_prepared_statements order by name')).rows;
      assert.equal((await names()).length, 1);
      assert.deepEqual(await Promise.all([one(reads, 2), one(reads, 3)]), [{ value: 2 }, { value: 3 }]);
      assert.equal((await names()).length, 1, 'all of them use the same');
      await client.query('deallocate all');
      assert.deepEqual(await Promise.all([one(reads, 4), one(reads, 5)]), [{ value: 4 }, { value: 5 }]);
      assert.deepEqual(await one(reads, 6), { value: 6 });
      assert.equal((await names()).length, 0);
    }));

  it('go on when a table has got a column since they were prepared', () =>
    withReads(async (reads, _network, clients) => {
      await one(reads);
      const [client] = clients;
      assert.ok(client);
      await client.query('create table grows (id int); insert into grows values (7)');
      const read = () => reads.first<{ id: number }, { id: number }>('select * from grows', [], (row) => row);
      assert.deepEqual(await read(), { id: 7 });
      await client.query('alter table grows add column later int');
      assert.deepEqual(await read(), { id: 7, later: null });
      await client.query('drop table grows');
    }));

  it('are not refused any more once others are answered', () =>
    withReads(async (reads, network) => {
      await one(reads);
      for (const { near } of network.pairs) near.pause();
      const asked = Array.from({ length: reads.max }, (_, value) => one(reads, value));
      // The others are sent in the next turn.
      await nextTurn();
      await nextTurn();
      await assert.rejects(one(reads, -1), DatabaseCrowdedError);
      for (const { near } of network.pairs) near.resume();
      await Promise.allSettled(asked);
      assert.deepEqual(await one(reads, -1), { value: -1 });
    }, PATIENT_MS));

  it('have one connection, also after the last one broke', () =>
    withReads(async (reads, network) => {
      await one(reads);
      const broken = [...network.pairs];
      for (const { near } of broken) near.resetAndDestroy();
      // Whoever asks again at once is there before the broken connection has ended.
      await one(reads).catch(() => one(reads));
      await until(() => broken.every((pair) => !network.pairs.has(pair)));
      await one(reads);
      assert.equal(network.pairs.size, 1);
    }));
});

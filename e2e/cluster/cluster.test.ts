import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { keepTemporaryFilesInMemory } from '../../scripts/memory.ts';
import { until } from '../../scripts/testing/until.ts';
import type { AppSecrets } from '../../server/storage/app-environments.ts';
import { type Database, openDatabase } from '../../server/storage/database.ts';
import { createStorage } from '../../server/storage/index.ts';
import { ApiCaller } from '../../server/testing/api-caller.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { PlatformProcess } from '../../server/testing/platform-process.ts';
import { SHOP_ORIGIN } from '../../server/testing/test-platform.ts';
import { Answers } from './answers.ts';
import { startBalancer } from './balancer.ts';
import { walkInChromium } from './browser.ts';
import type { Daemon } from './daemon.ts';
import { Journeys } from './journeys.ts';
import { ApiLoad } from './load.ts';
import { startPooler } from './pooler.ts';
import { openToServers, PostgresCluster } from './postgres-cluster.ts';
import { EngineProbe } from './probe.ts';

/**
 * Two servers behind HAProxy, without stickiness, on a PostgreSQL that loses its primary: `npm run test:cluster`. It takes some minutes and
 * programs of Debian, so it is no part of `npm test`.
 */

const QUOTA = 3_000;
/** Of an app's quota, for each server that has been killed: a hundredth, see `leased-limiter.ts`. */
const LOST_WITH_A_SERVER = QUOTA / 100;
/** What the platform may take longer than its database. */
const GRACE_MS = 3_000;
/** Of an answer. A caller waits at most 3 s for a connection and then 5 s for a server that says nothing, and some answers need two. */
const SLOWEST_MS = 12_000;
const STEADY_MS = 8_000;
const WRITERS = 8;
const PEOPLE = 2;

keepTemporaryFilesInMemory();

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** What becomes of the primary, and whether PgBouncer is between it and the servers. */
const CASES = [
  { fate: 'loses power', pooled: false },
  { fate: 'hangs', pooled: true },
] as const;

for (const { fate, pooled } of CASES)
  describe(`two servers on a PostgreSQL whose primary ${fate}${pooled ? ', through PgBouncer' : ''}`, () => {
    const directory = openToServers(mkdtempSync(join(tmpdir(), 'platform-cluster-')));
    const running: { stop(): Promise<unknown> }[] = [];
    const servers: PlatformProcess[] = [];
    let postgres: PostgresCluster;
    let url: string;
    let database: Database;
    let settings: Record<string, string> & { DATA_DIR: string };
    const answers = new Answers();
    let load: ApiLoad;
    let journeys: Journeys;
    /** To which the journeys lead. */
    let shop: AppSecrets;
    let probe: EngineProbe;
    let quotaApp: AppSecrets;
    let quotaUsed = 0;

    before(async () => {
      postgres = await PostgresCluster.start(directory);
      running.push(postgres);
      const [port, httpPort, databasePort] = [await freePort(), await freePort(), await freePort()];
      const ports = [await freePort(), await freePort()];
      const balancer: Daemon = await startBalancer({
        ...{ directory, port, httpPort, databasePort },
        servers: ports.map((each) => ({ port: each })),
        nodes: postgres.nodes,
      });
      running.push(balancer);
      await createDatabase(databasePort);
      const poolerPort = await freePort();
      if (pooled) running.push(await startPooler({ directory, port: poolerPort, databasePort }));
      const databaseUrl = PostgresCluster.urlAt(pooled ? poolerPort : databasePort, 'platform');
      url = `http://localhost:${port}`;
      settings = {
        DATA_DIR: directory,
        DATABASE_URL: databaseUrl,
        PUBLIC_URL: url,
        TRUST_PROXY: '127.0.0.1',
        API_QUOTA_PER_HOUR: String(QUOTA),
      };
      const [first, second] = ports.map(String);
      // One of one process, and one of several.
      servers.push(await PlatformProcess.start({ ...settings, PORT: first ?? '' }));
      servers.push(await PlatformProcess.start({ ...settings, PORT: second ?? '', WORKERS: '2' }));
      await until(async () => (await fetch(`${url}/readyz`)).ok);
      database = openDatabase({ databaseUrl, dataDir: directory });
      quotaApp = await createApp();
      probe = new EngineProbe(PostgresCluster.urlAt(databasePort, 'platform'));
      running.push(probe);
    });

    after(async () => {
      await Promise.all([load?.stop(), journeys?.stop()]);
      await database?.close();
      for (const server of servers) await server.kill();
      for (const each of running.toReversed()) await each.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const createApp = (origin = SHOP_ORIGIN) =>
      createStorage(database).apps.create({ name: 'Shop', environment: 'localhost', origins: [origin] });

    /** Uses some of the quota app's requests. @returns how many were answered */
    const useQuota = async (requests: number) => {
      const caller = new ApiCaller({ url }, quotaApp.apiKey);
      let answered = 0;
      for (let sent = 0; sent < requests; sent += 20) {
        const answers = await Promise.all(Array.from({ length: 20 }, () => caller.get('/users?limit=1')));
        for (const { status } of answers) assert.ok([200, 429].includes(status), String(status));
        answered += answers.filter(({ status }) => status === 200).length;
      }
      return answered;
    };

    it('share the journey of somebody in Chromium, a page here and a page there', async () => {
      const seen = servers.map(({ output }) => output.length);
      await walkInChromium(url, createApp, await freePort());
      for (const [index, { output }] of servers.entries())
        assert.match(
          output.slice(seen[index]),
          /"path":"\/sandbox\/(?:authorize|interaction)/,
          `server ${index} took part`,
        );
    });

    it('share limits', async () => {
      quotaUsed = await useQuota(1_000);
      assert.equal(quotaUsed, 1_000);
      const caller = new ApiCaller({ url }, quotaApp.apiKey);
      const { email } = await caller.createUser({ email: 'locked@example.com' });
      const statuses: number[] = [];
      for (let guess = 0; guess < 12; guess += 1)
        statuses.push((await caller.post('/auth/signin', { signin_id: email, password: `wrong ${guess}` })).status);
      quotaUsed += 13;
      assert.deepEqual(statuses, [...Array(10).fill(400), 429, 429]);
    });

    it('lose nothing with the primary, and are silent for as long as the engine', async () => {
      const apps = await Promise.all(Array.from({ length: WRITERS }, () => createApp()));
      load = new ApiLoad({ url, answers, keys: apps.map(({ apiKey }) => apiKey) });
      shop = await createApp();
      journeys = new Journeys(url, shop.clientId, answers, PEOPLE);
      await until(() => load.written.length > 100 && journeys.users.length > 10);
      const [engineBefore, ownBefore] = [probe.takeLongestSilenceMs(), load.takeLongestSilenceMs()];
      assert.deepEqual(answers.take().unexpected, {});

      const lost = (await postgres.primary()) ?? '';
      if (fate === 'hangs') postgres.freeze(lost);
      else await postgres.cutPower(lost);
      const meanwhile = await lookAround();
      const [written, arrived] = [load.written.length, journeys.users.length];
      await until(() => load.written.length > written + 50 && journeys.users.length > arrived + 10);
      const [engine, own] = [probe.takeLongestSilenceMs(), load.takeLongestSilenceMs()];
      const { counts, unexpected, unanswered, slowestMs } = answers.take();
      console.log(
        `primary ${fate}: nothing written for ${seconds(own)}, by the engine itself for ${seconds(engine)}`,
        `(before: ${seconds(ownBefore)}, ${seconds(engineBefore)})`,
      );
      console.log('without a primary:', meanwhile, `answers, the slowest after ${seconds(slowestMs)}:`, counts);
      assert.ok(slowestMs <= SLOWEST_MS, seconds(slowestMs));
      assert.notEqual(await postgres.primary(), lost);
      assert.ok(own <= engine + GRACE_MS, `${seconds(own)}, the engine ${seconds(engine)}`);
      assert.deepEqual(unexpected, {});
      assert.equal(unanswered, 0, 'each request has an answer of the platform');

      // What was the primary comes back as the standby.
      await postgres.cutPower(lost);
      postgres.startAgain(lost);
      await postgres.untilReplicated();
    });

    it('lose no request when a server is asked to stop, and another one takes its place', async () => {
      const written = load.written.length;
      await until(() => load.written.length > written + 50);
      answers.take();
      const [, second] = servers;
      assert.ok(second);
      assert.equal(await second.stop(), 0);
      servers[1] = await PlatformProcess.start({ ...settings, PORT: new URL(second.url).port, WORKERS: '2' });
      await delay(STEADY_MS);
      const { counts, unexpected, unanswered } = answers.take();
      console.log('server restarted; answers meanwhile:', counts);
      assert.deepEqual(unexpected, {});
      assert.equal(unanswered, 0);
    });

    it('lose nothing when a server is killed, and answer by the other', async () => {
      const written = load.written.length;
      await until(() => load.written.length > written + 50);
      load.takeLongestSilenceMs();
      answers.take();
      assert.equal(journeys.beganAnew, 0);
      const [first] = servers;
      assert.ok(first);
      const arrived = journeys.users.length;
      await first.kill();
      await delay(STEADY_MS);
      const silence = load.takeLongestSilenceMs();
      const { counts, unexpected, unanswered, slowestMs } = answers.take();
      console.log(
        `server killed: nothing written for ${seconds(silence)}, ${journeys.beganAnew} began anew; answers in ${seconds(STEADY_MS)}:`,
        counts,
      );
      assert.ok(silence <= GRACE_MS, seconds(silence));
      assert.deepEqual(unexpected, {});
      assert.ok(journeys.users.length > arrived, 'people go on arriving');
      assert.ok(journeys.beganAnew <= PEOPLE, 'of whom the server knew more than any other');
      // What the killed server had received to write.
      assert.ok(unanswered <= WRITERS + PEOPLE, `${unanswered}`);
      const reads = Object.keys(counts).filter((what) => what.startsWith('GET'));
      assert.deepEqual(reads, ['GET /users/:id: 200'], 'the other server was asked');
      servers[0] = await PlatformProcess.start({ ...settings, PORT: new URL(first.url).port });
      await Promise.all([load.stop(), journeys.stop()]);
      const rest = answers.take();
      assert.deepEqual(rest.unexpected, {});
      for (const { slowestMs: each } of [{ slowestMs }, rest]) assert.ok(each <= SLOWEST_MS, seconds(each));
    });

    it('still have all that was acknowledged', async () => {
      const caller = new ApiCaller({ url }, shop.apiKey);
      const strangers: string[] = [];
      for (const id of journeys.users) if ((await caller.get(`/users/${id}`)).status !== 200) strangers.push(id);
      const lost = await load.lost();
      console.log(
        `${load.written.length} users written and ${journeys.users.length} people handed over;`,
        `${lost.length + strangers.length} lost`,
      );
      assert.deepEqual([lost, strangers], [[], []]);
    });

    it('have counted on through both', async () => {
      const caller = new ApiCaller({ url }, quotaApp.apiKey);
      const guess = await caller.post('/auth/signin', { signin_id: 'locked@example.com', password: 'wrong again' });
      assert.equal(guess.status, 429);
      quotaUsed += 1 + (await useQuota(QUOTA));
      console.log(`${quotaUsed} requests answered of a quota of ${QUOTA}`);
      assert.ok(quotaUsed <= QUOTA && quotaUsed >= QUOTA - LOST_WITH_A_SERVER, String(quotaUsed));
    });

    /** What is answered without a primary, while there is none. */
    async function lookAround(): Promise<Record<string, string>> {
      const paths = ['/healthz', '/jwks', '/.well-known/openid-configuration', '/widget.js', '/docs', '/popup'];
      const found: Record<string, string> = {};
      await until(async () => (await fetch(`${url}/readyz`)).status === 503);
      for (const path of paths) {
        const startMs = performance.now();
        const { status } = await fetch(`${url}${path}`);
        found[path] = `${status} in ${Math.round(performance.now() - startMs)} ms`;
      }
      assert.deepEqual(
        paths.map((path) => `${path} ${found[path]?.slice(0, 3)}`),
        [
          '/healthz 200',
          '/jwks 200',
          '/.well-known/openid-configuration 200',
          '/widget.js 200',
          '/docs 200',
          '/popup 400',
        ],
      );
      return found;
    }

    async function createDatabase(port: number): Promise<void> {
      const client = new pg.Client({ connectionString: PostgresCluster.urlAt(port, 'postgres') });
      await until(() =>
        client.connect().then(
          () => true,
          () => false,
        ),
      );
      await client.query('create database platform');
      await client.end();
    }
  });

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { until } from '../../scripts/testing/until.ts';
import type { AppSecrets } from '../storage/app-environments.ts';
import { createStorage } from '../storage/index.ts';
import { createTestDatabase, ENGINES, type TestDatabase } from '../storage/testing/engines.ts';
import { ApiCaller } from '../testing/api-caller.ts';
import { bareEnvironment } from '../testing/bare-environment.ts';
import { freePort } from '../testing/free-port.ts';
import { PlatformProcess } from '../testing/platform-process.ts';
import { SHOP_ORIGIN } from '../testing/test-platform.ts';

const WORKERS = 2;
const QUOTA = 50;

const lineSchema = z.object({
  pid: z.number(),
  worker: z.number().optional(),
  msg: z.string(),
  reqId: z.string().optional(),
});
type Line = z.infer<typeof lineSchema>;

/** What the processes have logged so far, as far as it has been written to its end. */
function linesOf({ output }: PlatformProcess): Line[] {
  return output
    .slice(0, output.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => lineSchema.parse(JSON.parse(line)));
}

/** The process that serves as this worker at the moment. */
function processOf(server: PlatformProcess, worker: number): number | undefined {
  return linesOf(server).findLast((line) => line.worker === worker && line.msg.startsWith('Platform listens'))?.pid;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Starts the server with settings that cannot work. */
function runServer(env: Record<string, string>): Promise<{ status: number | null; message: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN], { env: bareEnvironment(env) }, (_error, _stdout, stderr) =>
      resolve({ status: child.exitCode, message: stderr }),
    );
  });
}

/** Another connection each time, so that the workers take turns. */
const ask = (server: PlatformProcess, path: string) =>
  fetch(`${server.url}${path}`, { headers: { connection: 'close' } });

const allServe = (server: PlatformProcess) =>
  until(() => Array.from({ length: WORKERS }, (_, index) => processOf(server, index + 1)).every(Boolean));

for (const engine of ENGINES)
  describe(`several workers at one port, on ${engine}`, () => {
    let database: TestDatabase;
    let server: PlatformProcess;
    let app: AppSecrets;
    before(async () => {
      database = await createTestDatabase(engine);
      const { dataDir, databaseUrl } = database.settings;
      server = await PlatformProcess.start({
        DATA_DIR: dataDir,
        ...(databaseUrl && { DATABASE_URL: databaseUrl }),
        WORKERS: String(WORKERS),
        API_QUOTA_PER_HOUR: String(QUOTA),
        PORT: '0',
      });
      await allServe(server);
      const { apps } = createStorage(database.open());
      app = await apps.create({ name: 'Shop', environment: 'localhost', origins: [SHOP_ORIGIN] });
    });
    after(async () => {
      await server?.kill();
      await database?.remove();
    });

    /** How often `/healthz` was answered, as the platform counts it. */
    const counted = async () => {
      const text = await (await ask(server, '/metrics')).text();
      const [, count] = /^http_request_duration_seconds_count\{[^}]*route="\/healthz"[^}]*\} (\d+)$/m.exec(text) ?? [];
      return { count: Number(count ?? 0), text };
    };

    it('share the requests, and each line of the log says which of them wrote it', async () => {
      const ids = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const { status, headers } = await ask(server, '/docs/api');
          assert.equal(status, 200);
          return headers.get('x-request-id');
        }),
      );
      const byRequest = new Map<string | undefined, number | undefined>();
      await until(() => {
        for (const { reqId, worker } of linesOf(server)) byRequest.set(reqId, worker);
        return ids.every((id) => byRequest.has(id ?? ''));
      });
      assert.deepEqual([...new Set(ids.map((id) => byRequest.get(id ?? '')))].sort(), [1, 2]);
    });

    it('answer the same figures, whichever is asked, also after one of them has been killed', async () => {
      for (let count = 0; count < 6; count += 1) await ask(server, '/healthz');
      for (let count = 0; count < 4; count += 1) assert.equal((await counted()).count, 6);
      const { text } = await counted();
      for (const worker of [1, 2])
        assert.match(text, new RegExp(`^process_resident_memory_bytes\\{worker="${worker}"\\} `, 'm'));
      assert.match(text, /^outbox_waiting\{kind="mail"\} 0$/m);

      const killed = processOf(server, 2);
      assert.ok(killed);
      process.kill(killed, 'SIGKILL');
      await until(() => !isAlive(killed));
      // The other serves meanwhile.
      for (let count = 0; count < 6; count += 1) assert.equal((await ask(server, '/healthz')).status, 200);
      assert.ok((await counted()).count >= 12);
      await until(() => processOf(server, 2) !== killed);
      assert.match(server.output, /"worker":2,"code":null,"signal":"SIGKILL","pauseMs":250/);
      for (let count = 0; count < 4; count += 1) assert.equal((await ask(server, '/healthz')).status, 200);
      for (let count = 0; count < 2; count += 1) assert.equal((await counted()).count, 16);
    });

    it('count for one quota', async () => {
      const answers = await Promise.all(
        Array.from({ length: QUOTA + 20 }, () =>
          new ApiCaller(server, app.apiKey).get('/users', { connection: 'close' }),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      assert.equal(statuses.filter((status) => status === 200).length, QUOTA);
      assert.equal(statuses.filter((status) => status === 429).length, 20);
    });

    it('end in order together: a request that has begun is answered', async () => {
      const pids = [1, 2].map((worker) => processOf(server, worker));
      const asked = Array.from({ length: 4 }, () => ask(server, '/docs/api'));
      const statuses = Promise.all(asked.map(async (one) => (await one).status));
      await until(() => (server.output.match(/"path":"\/docs\/api"/g) ?? []).length >= 12);
      assert.equal(await server.stop(), 0);
      assert.deepEqual(await statuses, [200, 200, 200, 200]);
      for (const pid of pids) assert.ok(pid !== undefined && !isAlive(pid));
      for (const worker of [1, 2])
        assert.ok(linesOf(server).some((line) => line.worker === worker && /finishing open requests$/.test(line.msg)));
    });
  });

describe('the process that starts workers', () => {
  it('ends in order with them when each of them gets the signal, as from a terminal', async () => {
    const database = await createTestDatabase('SQLite');
    const server = await PlatformProcess.start({ DATA_DIR: database.settings.dataDir, WORKERS: '2', PORT: '0' });
    try {
      await allServe(server);
      for (const worker of [1, 2]) process.kill(processOf(server, worker) ?? 0, 'SIGTERM');
      assert.equal(await server.stop(), 0);
      assert.equal(
        linesOf(server).filter(({ msg }) => msg.startsWith('Platform listens')).length,
        2,
        'none came again',
      );
    } finally {
      await server.kill();
      await database.remove();
    }
  });

  it('says once why there is no start, and starts nothing again', async () => {
    const { status, message } = await runServer({ PORT: '0', WORKERS: '2', DATA_DIR: MAIN });
    assert.equal(status, 1);
    assert.match(message, /^The data directory is not usable: [^\n]+\n$/);
  });

  it('answers with the figures of all at a port of their own', async () => {
    const database = await createTestDatabase('SQLite');
    const port = await freePort();
    const server = await PlatformProcess.start({
      DATA_DIR: database.settings.dataDir,
      ...{ WORKERS: '2', PORT: '0', METRICS_PORT: String(port) },
    });
    try {
      await allServe(server);
      const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
      for (const worker of [1, 2])
        assert.match(text, new RegExp(`^process_cpu_seconds_total\\{worker="${worker}"\\} `, 'm'));
    } finally {
      await server.kill();
      await database.remove();
    }
  });

  it('has people told to come back while it does not count for them, in the form of each contract', async () => {
    const database = await createTestDatabase('SQLite');
    const server = await PlatformProcess.start({ DATA_DIR: database.settings.dataDir, WORKERS: '2', PORT: '0' });
    // It also accepts connections, so this one is opened before.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = (path: string, body: object, headers: Record<string, string> = {}) =>
      new Promise<{ status: number | undefined; retryAfter: string | undefined; body: unknown }>((resolve, reject) => {
        const sent = { 'content-type': 'application/json', ...headers };
        request(server.url + path, { method: 'POST', agent, headers: sent }, async (response) => {
          const { statusCode: status, headers } = response;
          resolve({ status, retryAfter: headers['retry-after'], body: await json(response) });
        })
          .on('error', reject)
          .end(JSON.stringify(body));
      });
    try {
      await allServe(server);
      const app = await createStorage(database.open()).apps.create({
        name: 'Shop',
        environment: 'localhost',
        origins: [],
      });
      const wrongSecret = { client_id: app.clientId, client_secret: 'wrong', environment: 'localhost' };
      const login = () => post('/custom_api/external_login', wrongSecret);
      const signIn = () =>
        post('/1/auth/signin', { signin_id: 'a@example.com', password: 'wrong' }, { 'x-api-key': app.apiKey });
      assert.deepEqual([(await login()).status, (await signIn()).status], [401, 400]);
      process.kill(server.pid, 'SIGSTOP');
      const [refusedLogin, refusedSignIn] = [await login(), await signIn()];
      process.kill(server.pid, 'SIGCONT');
      assert.partialDeepStrictEqual(refusedLogin, {
        status: 503,
        retryAfter: '5',
        body: { code: 503, message: 'fail' },
      });
      assert.partialDeepStrictEqual(refusedSignIn, { status: 503, retryAfter: '5', body: { status: 503 } });
      await until(async () => (await login()).status === 401);
    } finally {
      agent.destroy();
      await server.kill();
      await database.remove();
    }
  });

  it('takes them with it when it is killed', async () => {
    const database = await createTestDatabase('SQLite');
    const server = await PlatformProcess.start({ DATA_DIR: database.settings.dataDir, WORKERS: '2', PORT: '0' });
    try {
      await allServe(server);
      const pids = [1, 2].map((worker) => processOf(server, worker) ?? 0);
      await server.kill();
      await until(() => !pids.some(isAlive));
    } finally {
      await server.kill();
      await database.remove();
    }
  });
});

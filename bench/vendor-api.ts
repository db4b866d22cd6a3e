import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../server/config.ts';
import type { AppUserRepository } from '../server/storage/app-users.ts';
import { openDatabase } from '../server/storage/database.ts';
import { createStorage } from '../server/storage/index.ts';
import { type Load, type Throughput, throughputOf } from './load.ts';
import { startServer } from './process.ts';
import { median, type Row } from './report.ts';

/** Pairs of measurements are taken in turn, so that changes in the machine's speed do not decide the result. */
const ROUNDS = 3;
const USERS = 1_000;
const URL_LINE = /http:\/\/[\w.]+:\d+/;

/** Measures the vendors' API and its baselines in one run, each in its own process. */
export async function vendorApi(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
  // The quota is higher than the number of requests.
  const env = { PORT: '0', DATA_DIR: dataDir, API_QUOTA_PER_HOUR: '1000000000' };
  const platform = await startServer(['bench/servers/platform.ts'], env, URL_LINE);
  const database = openDatabase(readConfig(env));
  const storage = createStorage(database);
  const app = await storage.apps.create({ name: 'Bench', environment: 'localhost', origins: ['http://localhost:1'] });
  const paths = await storage.transaction((within) => createUsers(within.realm('sandbox').appUsers(app.clientId)));
  const read: Load = { url: platform.ready, paths, headers: { 'x-api-key': app.apiKey } };
  const body = await fetch(`${read.url}${paths[0]}`, { headers: read.headers ?? {} }).then((answer) => answer.text());
  const bare = await startServer(
    ['bench/servers/bare.ts'],
    { BARE_BODY: body, BARE_SECRET: app.clientSecret },
    URL_LINE,
  );
  const engine = await startServer(
    ['bench/servers/client-credentials.ts'],
    { BENCH_SECRET: app.clientSecret },
    URL_LINE,
  );

  try {
    const login = loginOf(app);
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'bench',
      client_secret: app.clientSecret,
      scope: 'users',
    });
    const logins = await compare([
      { url: `${platform.ready}/custom_api/external_login`, ...login },
      { url: bare.ready, ...login },
      {
        url: `${engine.ready}/token`,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      },
    ]);
    const reads = await compare([read, { url: bare.ready, paths }]);
    return [
      row('external_login', 'a bare handler', logins, 1, 0.8),
      row('external_login', 'oidc-provider client_credentials', logins, 2, 2.5),
      row('GET /1/users/:id', 'a bare handler', reads, 1, 0.5),
    ];
  } finally {
    await Promise.all([platform.stop(), bare.stop(), engine.stop()]);
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Creates enough users that the same one is not read again and again. @returns their paths */
async function createUsers(users: AppUserRepository): Promise<string[]> {
  const paths: string[] = [];
  for (let index = 0; index < USERS; index += 1) {
    const name = `bench-${String(index).padStart(4, '0')}`;
    const { id } = await users.create({
      email: `${name}@example.com`,
      emailVerified: true,
      username: name,
      firstName: 'Benjamin',
      lastName: 'Chmark',
    });
    paths.push(`/1/users/${id}`);
  }
  return paths;
}

function loginOf(app: {
  clientId: string;
  clientSecret: string;
}): Pick<Load, 'method' | 'headers' | 'body'> & { method: 'POST' } {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: app.clientId, client_secret: app.clientSecret, environment: 'localhost' }),
  };
}

/** @returns the measurements of each load, round by round */
async function compare(loads: readonly Load[]): Promise<Throughput[][]> {
  const results: Throughput[][] = loads.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, load] of loads.entries()) results[index]?.push(await throughputOf(load));
  }
  return results;
}

function row(what: string, against: string, results: readonly Throughput[][], other: number, bar: number): Row {
  const [ours = []] = results;
  const theirs = results[other] ?? [];
  const ratio = median(
    ours.map(({ requestsPerSecond }, round) => requestsPerSecond / (theirs[round]?.requestsPerSecond ?? Number.NaN)),
  );
  const speed = (side: readonly Throughput[]) =>
    Math.round(median(side.map(({ requestsPerSecond }) => requestsPerSecond)));
  const p99 = (side: readonly Throughput[]) => median(side.map(({ p99Ms }) => p99Ms));
  return {
    what: `${what} against ${against}`,
    measured: `${ratio.toFixed(2)} × (${speed(ours)}/s, p99 ${p99(ours)} ms, against ${speed(theirs)}/s, p99 ${p99(theirs)} ms)`,
    bar: `≥ ${bar} ×`,
    met: ratio >= bar,
  };
}

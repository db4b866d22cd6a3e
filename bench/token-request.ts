import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ID_TOKEN_ALGS, type IdTokenAlg } from '@signup-with-platform/protocol';
import { readConfig } from '../server/config.ts';
import { openDatabase } from '../server/storage/database.ts';
import { createStorage, type Storage } from '../server/storage/index.ts';
import { askAsBackend, authorize, codeIn, REDIRECT_URI } from '../server/testing/code-flow.ts';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { type Load, throughputOf } from './load.ts';
import { type ServerProcess, startServer } from './process.ts';
import { median, type Row } from './report.ts';

/** Rounds are taken in turn, so that changes in the machine's speed do not decide the result. */
const ROUNDS = 3;
const URL_LINE = /http:\/\/[\w.]+:\d+/;
/** How much of the request the signature may be. */
const BAR = 2;

/**
 * What the algorithm of the ID token costs a token request, in processor time of the server. The request is a refresh, because that can be
 * repeated, and issues an ID token as the exchange of a code does.
 */
export async function tokenRequest(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
  const env = { PORT: '0', DATA_DIR: dataDir };
  const platform = await startServer(['bench/servers/platform.ts'], env, URL_LINE);
  const database = openDatabase(readConfig(env));
  try {
    const storage = createStorage(database);
    const loads = await Promise.all(ID_TOKEN_ALGS.map((alg) => refreshOf(storage, platform, alg)));
    const costsMs: number[][] = loads.map(() => []);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [index, load] of loads.entries()) costsMs[index]?.push(await costOf(platform, load));
    const [es256 = Number.NaN, ...others] = costsMs.map(median);
    return others.map((costMs, index) => ({
      what: `token request, CPU: ${ID_TOKEN_ALGS[index + 1]} against ${ID_TOKEN_ALGS[0]}`,
      measured: `${(costMs / es256).toFixed(2)} × (${costMs.toFixed(2)} ms against ${es256.toFixed(2)} ms)`,
      bar: `≤ ${BAR} ×`,
      met: costMs <= BAR * es256,
    }));
  } finally {
    await platform.stop();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** An app whose ID tokens are signed with `alg`, a person who has agreed to stay connected, and the request that refreshes. */
async function refreshOf(storage: Storage, { ready }: ServerProcess, idTokenAlg: IdTokenAlg): Promise<Load> {
  const made = await storage.apps.create({
    name: 'Bench',
    environment: 'localhost',
    origins: [new URL(REDIRECT_URI).origin],
    redirectUris: [REDIRECT_URI],
    idTokenAlg,
  });
  const app = { ...made, issuer: `${ready}/sandbox` };
  const publicUrl = ready.replace('127.0.0.1', 'localhost');
  const browser = new HttpBrowser(publicUrl, [ready]);
  const offline = { scope: 'openid offline_access', prompt: 'consent' };
  const page = await authorize(browser, { ...app, issuer: `${publicUrl}/sandbox` }, offline);
  const { body } = await askAsBackend(app, { code: codeIn(page) });
  const authorization = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
  return {
    url: `${app.issuer}/token`,
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' }).toString(),
  };
}

/** Processor time of a request in milliseconds, all threads of the server together. */
async function costOf(platform: ServerProcess, load: Load): Promise<number> {
  const before = await platform.usage();
  const { requests } = await throughputOf(load);
  const after = await platform.usage();
  return (after.cpuMs - before.cpuMs) / requests;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ID_TOKEN_ALGS, type IdTokenAlg } from '@signup-with-platform/protocol';
import { readConfig } from '../server/config.ts';
import { openDatabase } from '../server/storage/database.ts';
import { createStorage, type Storage } from '../server/storage/index.ts';
import { askAsBackend, authorize, codeIn, REDIRECT_URI } from '../server/testing/code-flow.ts';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { compare, type Subject } from './compare.ts';
import { type ServerProcess, startServer } from './process.ts';
import { type Findings, judge } from './report.ts';
import { costRatio } from './statistics.ts';
import type { Load } from './wrk-script.ts';

/**
 * What the algorithm of the ID token costs a token request, in processor time of the server. The request is a refresh, because that can be
 * repeated, and issues an ID token as the exchange of a code does.
 */
export async function tokenRequest(): Promise<Findings> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
  const env = { PORT: '0', DATA_DIR: dataDir };
  const platform = await startServer({ words: ['bench/servers/platform.ts'], env });
  const database = openDatabase(readConfig(env));
  try {
    const storage = createStorage(database);
    const { pid } = platform;
    const subjects = {} as Record<IdTokenAlg, Subject>;
    for (const alg of ID_TOKEN_ALGS)
      subjects[alg] = { name: `Token request: ${alg}`, pid, load: await refreshOf(storage, platform, alg) };
    const found = await compare(subjects);
    const ratios = ID_TOKEN_ALGS.map((alg) => costRatio(found[alg], found.ES256));
    const dearest = ratios.reduce((one, other) => (one.median > other.median ? one : other));
    return { verdicts: [judge('token-algorithms', dearest)], figures: Object.values(found) };
  } finally {
    await platform.stop();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** An app whose ID tokens are signed with `alg`, a person who has agreed to stay connected, and the request that refreshes. */
async function refreshOf(storage: Storage, { url }: ServerProcess, idTokenAlg: IdTokenAlg): Promise<Load> {
  const made = await storage.apps.create({
    name: 'Bench',
    environment: 'localhost',
    origins: [new URL(REDIRECT_URI).origin],
    redirectUris: [REDIRECT_URI],
    idTokenAlg,
  });
  const app = { ...made, issuer: `${url}/sandbox` };
  const publicUrl = url.replace('127.0.0.1', 'localhost');
  const browser = new HttpBrowser(publicUrl, [url]);
  const offline = { scope: 'openid offline_access', prompt: 'consent' };
  const page = await authorize(browser, { ...app, issuer: `${publicUrl}/sandbox` }, offline);
  const { body } = await askAsBackend(app, { code: codeIn(page) });
  const authorization = `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`;
  return {
    url,
    requests: [
      {
        method: 'POST',
        path: '/sandbox/token',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' }).toString(),
      },
    ],
  };
}

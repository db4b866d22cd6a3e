import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AppSecrets } from '../../storage/app-environments.ts';
import { type Database, openDatabase } from '../../storage/database.ts';
import { createStorage, type Storage } from '../../storage/index.ts';
import { PlatformProcess } from '../../testing/platform-process.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';

/** Calls of each server at the same time; how often each is answered before, and refused afterwards. */
const CALLERS = 4;
const CALLS = 25;

type Call = (server: PlatformProcess) => Promise<Response>;

describe('what another process revokes', () => {
  const dataDir = temporaryDirectory();
  let servers: PlatformProcess[];
  /** Of this process, as the operator's command line would have it. */
  let database: Database;
  let storage: Storage;

  before(async () => {
    const env = { DATA_DIR: dataDir, PUBLIC_URL: 'https://platform.example' };
    servers = [await PlatformProcess.start(env), await PlatformProcess.start(env)];
    database = openDatabase({ databaseUrl: undefined, dataDir });
    storage = createStorage(database);
  });
  after(async () => {
    for (const server of servers) await server.kill();
    await database.close();
  });

  const newApp = () => storage.apps.create({ name: 'Shop', environment: 'localhost', origins: [] });
  const listUsers =
    ({ apiKey }: AppSecrets): Call =>
    ({ url }) =>
      fetch(`${url}/1/users`, { headers: { 'x-api-key': apiKey } });
  const logIn =
    ({ clientId, clientSecret }: AppSecrets): Call =>
    ({ url }) =>
      fetch(`${url}/custom_api/external_login`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, environment: 'localhost' }),
      });

  /** Calls without a pause: answered by every server until `takeAway` is through, refused whenever begun after that. */
  async function assertTakenAway(call: Call, takeAway: () => Promise<unknown>, refusal: number): Promise<void> {
    let isTaken = false;
    const statusOf = async (server: PlatformProcess) => {
      const response = await call(server);
      await response.arrayBuffer();
      return response.status;
    };
    const callers = servers.flatMap((server) => Array.from({ length: CALLERS }, () => server));
    const isHot = callers.map(() => Promise.withResolvers<void>());
    const calling = callers.map(async (server, index) => {
      for (let calls = 0; !isTaken; calls += 1) {
        if (calls === CALLS) isHot[index]?.resolve();
        const status = await statusOf(server);
        if (!isTaken) assert.ok(status === 200 || (calls > CALLS && status === refusal), String(status));
      }
      for (let calls = 0; calls < CALLS; calls += 1) assert.equal(await statusOf(server), refusal, `call ${calls}`);
    });
    try {
      await Promise.race([Promise.all(isHot.map(({ promise }) => promise)), Promise.all(calling)]);
      await takeAway();
    } finally {
      isTaken = true;
    }
    await Promise.all(calling);
  }

  it('is revoked at once in every process: a key', async () => {
    const app = await newApp();
    const [key] = await storage.apiKeys.list(app.clientId);
    await assertTakenAway(listUsers(app), () => storage.apiKeys.revoke(app.clientId, key?.id ?? ''), 401);
  });

  it('is revoked at once in every process: an app, with its key', async () => {
    const app = await newApp();
    await assertTakenAway(listUsers(app), () => storage.apps.setDisabled(app.appId, true), 402);
  });

  it('is revoked at once in every process: an app, with a token that is out', async () => {
    const app = await newApp();
    const [server] = servers;
    assert.ok(server);
    const { data } = (await (await logIn(app)(server)).json()) as { data: { token: string } };
    const call: Call = ({ url }) => fetch(`${url}/1/users`, { headers: { authorization: `Bearer ${data.token}` } });
    await assertTakenAway(call, () => storage.apps.setDisabled(app.appId, true), 402);
  });

  it('is revoked at once in every process: an app, at the login', async () => {
    const app = await newApp();
    await assertTakenAway(logIn(app), () => storage.apps.setDisabled(app.appId, true), 401);
  });

  it('is revoked at once in every process: a user, with the consent', async () => {
    const app = await newApp();
    const sandbox = storage.realm('sandbox');
    const account = await sandbox.accounts.create({ email: 'ada@example.com', emailVerified: true });
    const user = await sandbox.users.ensure(app.clientId, account.id);
    const payload = { openid: { scope: 'openid email' } };
    await sandbox.grants.create({ id: 'grant', clientId: app.clientId, accountId: account.id, payload });
    const call: Call = ({ url }) => fetch(`${url}/1/users/${user.id}`, { headers: { 'x-api-key': app.apiKey } });
    await assertTakenAway(call, () => sandbox.grants.delete('grant'), 404);
  });
});

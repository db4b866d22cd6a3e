import { migrate, openDatabase } from '../database.ts';
import { randomId } from '../ids.ts';
import { createStorage } from '../index.ts';
import type { DatabaseSettings } from './engines.ts';
import { atOnce, registerShop, signUp } from './fixtures.ts';
import type { Answer, Request, Tasks } from './server-process.ts';

const database = openDatabase(JSON.parse(process.argv[2] ?? '') as DatabaseSettings);
const storage = createStorage(database);
const production = storage.realm('production');

const tasks: Tasks = {
  migrate: () => migrate(database.db),
  register: async (count) => {
    const [accounts, apps] = await Promise.all([
      atOnce(count, () => signUp(storage)),
      atOnce(count, () => registerShop(storage)),
    ]);
    return { accountIds: accounts.map(({ id }) => id), appIds: apps.map(({ appId }) => appId) };
  },
  ensureUsers: async (clientId, accountIds) => {
    const users = await Promise.all(accountIds.map((accountId) => production.users.ensure(clientId, accountId)));
    return users.map(({ id }) => id);
  },
  begin: async () => {
    const secret = await storage.secrets.ensure('cookie-keys');
    await production.signingKeys.addFirst({ kid: randomId(), kty: 'EC', alg: 'ES256' });
    return { secret, keyIds: (await production.signingKeys.list()).map(({ kid = '' }) => kid) };
  },
  consume: async (ids) => {
    const answers = await Promise.all(ids.map((id) => production.oidcRecords.consume('AuthorizationCode', id)));
    return answers.filter(Boolean).length;
  },
};

const answer = (message: Answer) => process.send?.(message);

process.on('message', async ({ task, parameters }: Request) => {
  try {
    answer({ result: await (tasks[task] as (...given: unknown[]) => Promise<unknown>)(...parameters) });
  } catch (error) {
    answer({ error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) });
  }
});
// A test that failed before it could stop this process takes it along.
process.on('disconnect', () => process.exit());
answer({ result: 'ready' });

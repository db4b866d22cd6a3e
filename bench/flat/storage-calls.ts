import { randomInt } from 'node:crypto';
import { createStorage } from '../../server/storage/index.ts';
import { idOf } from './crowd.ts';
import type { Cost } from './hot-calls.ts';
import type { Installation } from './installation.ts';
import { databaseCpu, ownCpuMs, usedMs } from './processor-time.ts';

const CALLS = 2_000;
const EVENTS_OF_A_PAGE = 50;

/** What people and developers do that HTTP would drown in hashes and pages: the statements of it, in this process. */
export function storageCalls(installation: Installation): Readonly<Record<string, () => Promise<Cost>>> {
  const { database, users, app } = installation;
  const { appEvents, realm } = createStorage(database);
  const { accounts, sessions, oidcRecords } = realm('production');
  const popup = () => 2 * randomInt(users / 2);
  const cost = async (call: () => Promise<unknown>): Promise<Cost> => {
    const [own, data] = [ownCpuMs(), await databaseCpu(database)];
    for (let count = 0; count < CALLS; count += 1) await call();
    return {
      serverMs: (ownCpuMs() - own) / CALLS,
      databaseMs: usedMs(data, await databaseCpu(database)) / CALLS,
    };
  };
  const somewhere = () => ({ id: 'e', at: Date.now() - randomInt(users) });
  return {
    'password sign-in, without its hashes': () =>
      cost(async () => {
        const email = `p${popup()}@crowd.example`;
        await accounts.findOwnSalts(email, 'none');
        await accounts.hasOwnSaltedClaims();
        await accounts.findByPasswordHashes(email, ['one', 'other']);
      }),
    'a session by its uid': () => cost(() => oidcRecords.findByUid('Session', idOf('uid', popup()))),
    'the sessions of a person': () => cost(() => sessions.list(idOf('account', popup()))),
    'events, first page': () => cost(() => appEvents.list(app.clientId, { limit: EVENTS_OF_A_PAGE })),
    'events, somewhere in the list': () =>
      cost(() => appEvents.list(app.clientId, { limit: EVENTS_OF_A_PAGE, before: somewhere() })),
  };
}

import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BackupError, backUp } from '../../server/storage/backup.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { createStorage } from '../../server/storage/index.ts';
import { sweep } from '../../server/storage/sweeper.ts';
import { idOf } from './crowd.ts';
import { type Holds, holdsOf } from './holds.ts';
import type { Installation } from './installation.ts';
import { ownCpuMs } from './processor-time.ts';

/** What is done with the whole database, or with all that one person has. */
export interface Upkeep {
  readonly what: string;
  readonly seconds: number;
  readonly cpuMs?: number;
  readonly holds?: Holds;
}

/** @param hasCopies whether a backup is made, too, for which the disk has to have room */
export async function measureUpkeep(installation: Installation, hasCopies: boolean): Promise<Upkeep[]> {
  const { database, made } = installation;
  const realm = createStorage(database).realm('production');
  const account = (number: number) => idOf('account', number);
  const done: Upkeep[] = [
    { what: 'making the crowd', seconds: made.crowdMs / 1000 },
    { what: 'migrations 033 and 034', seconds: made.migrationMs / 1000 },
  ];
  const measure = async (what: string, work: () => Promise<unknown>) => {
    const [clock, own] = [performance.now(), ownCpuMs()];
    const holds = await holdsOf(installation, work);
    const seconds = (performance.now() - clock) / 1000;
    done.push({ what, seconds, cpuMs: ownCpuMs() - own, holds });
    console.error(`${installation.users} users: ${what} in ${seconds.toFixed(1)} s`);
  };
  await measure('export of a person', () => realm.accountRecords.read(account(2)));
  await measure('accounts that are due', () => realm.accountDeletion.due(100));
  await measure('deletion of a person', async () => {
    await realm.accountDeletion.request(account(4), new Date(0));
    await realm.accountDeletion.erase(account(4));
  });
  if (hasCopies) await copies(installation, measure);
  await measure('sweep of a tenth of events, sessions and records', () => sweep(database.db));
  await measure('sweep that finds nothing', () => sweep(database.db));
  return done;
}

type Measure = (what: string, work: () => Promise<unknown>) => Promise<void>;

async function copies({ engine, settings }: Installation, measure: Measure): Promise<void> {
  const file = join(settings.dataDir, 'backup');
  try {
    await measure('backup', () => backUp(settings, file));
  } catch (error) {
    // pg_dump has to be as new as the server.
    if (!(error instanceof BackupError)) throw error;
    console.error(error.message);
    return;
  }
  if (engine === 'sqlite') {
    const dataDir = join(settings.dataDir, 'restored');
    await measure('restore, as a copy that is opened', async () => {
      await mkdir(dataDir);
      await copyFile(file, join(dataDir, 'platform.sqlite'));
      const restored = openDatabase({ databaseUrl: undefined, dataDir });
      await restored.ping();
      await restored.close();
    });
    await rm(dataDir, { recursive: true, force: true });
  }
  await rm(file, { force: true });
}

import { writeSync } from 'node:fs';
import { migrate, openDatabase } from '../database.ts';
import { createStorage } from '../index.ts';
import { registerShop, signUp } from './fixtures.ts';

// A process that writes without end and tells what was written once it is sure of it: `<account id> <app id>`, a line each.
const [dataDir] = process.argv.slice(2);
if (!dataDir) throw new Error('usage: crashing-writer.ts DATA_DIR');
const database = openDatabase({ databaseUrl: undefined, dataDir });
await migrate(database.db);
const storage = createStorage(database);
for (;;) {
  const account = await signUp(storage, { email: 'crash@example.com' });
  const app = await registerShop(storage);
  // At once, so that nothing acknowledged is still in this process's memory when it is killed.
  writeSync(process.stdout.fd, `${account.id} ${app.appId}\n`);
}

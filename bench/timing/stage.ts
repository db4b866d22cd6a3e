import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { hashAccountPassword, PASSWORD_KEY } from '../../server/domain/accounts/find-by-password.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { createStorage, type Storage } from '../../server/storage/index.ts';
import type { FormPlace } from '../../server/testing/address-forms.ts';
import { HttpBrowser } from '../../server/testing/http-journey.ts';
import { startServer } from '../process.ts';

const PASSWORD = 'an engine of difference';
const ORIGIN = 'http://localhost:1';

/** A platform, and a shop in production. */
export interface TimingStage extends FormPlace {
  /** Where it listens, which is not the address as which it is known. */
  readonly url: string;
  /** Makes somebody who has verified the address. */
  createAccount(email: string): Promise<void>;
}

/** Sets it, with servers/leaking-platform.ts, which takes longer where a request says so, and removes it afterwards. */
export async function withTimingStage<Result>(work: (stage: TimingStage) => Promise<Result>): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
  const settings = { DATA_DIR: dataDir, PORT: '0', TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'silent' };
  const server = await startServer({ words: ['bench/servers/leaking-platform.ts'], env: settings });
  const database = openDatabase(readConfig(settings));
  try {
    return await work(await furnish(server.url, createStorage(database)));
  } finally {
    await server.stop();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function furnish(url: string, storage: Storage): Promise<TimingStage> {
  const publicUrl = url.replace('127.0.0.1', 'localhost');
  const app = await storage.apps.create({ name: 'Bench', environment: 'production', origins: [ORIGIN] });
  const context = { realm: 'production', passwordKey: await storage.secrets.ensure(PASSWORD_KEY) } as const;
  let networks = 0;
  return {
    url,
    publicUrl,
    popup: { client_id: app.clientId, origin: ORIGIN, state: 's', nonce: 'n' },
    newBrowser: () => {
      const browser = new HttpBrowser(publicUrl, [url]);
      networks += 1;
      browser.headers = { ...browser.headers, 'x-forwarded-for': networkOf(networks), 'x-forwarded-proto': 'http' };
      return browser;
    },
    createAccount: async (email) => {
      const passwordHash = await hashAccountPassword(context, email, PASSWORD, '');
      const known = { email, emailVerified: true, passwordHash, givenName: 'Ada', familyName: 'Byron' };
      await storage.realm('production').accounts.create(known);
    },
  };
}

/** One /48 of the addresses for documentation (RFC 3849) after the other. */
const networkOf = (number: number) => `2001:db8:${(number % 65_536).toString(16)}::${Math.floor(number / 65_536) + 1}`;

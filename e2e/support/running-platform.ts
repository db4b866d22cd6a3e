import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, issuerOf, realmOf } from '@signup-with-platform/protocol';
import { readConfig } from '../../server/config.ts';
import { type Platform, startPlatform } from '../../server/platform.ts';
import type { AppSecrets, NewAppEnvironment } from '../../server/storage/apps.ts';
import { createStorage, type Storage } from '../../server/storage/index.ts';

export interface RunningPlatform extends Platform {
  readonly storage: Storage;
  /** Registers an app in the sandbox (or where it says). */
  createApp(app: Partial<NewAppEnvironment> & { origins: string[] }): Promise<AppSecrets & { issuer: string }>;
}

/** A platform at http://localhost, with a database of its own that goes when it closes. */
export async function runPlatform(): Promise<RunningPlatform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-e2e-'));
  const platform = await startPlatform(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
  const storage = createStorage(platform.database);
  return {
    ...platform,
    storage,
    createApp: async (app) => {
      const environment: Environment = app.environment ?? 'localhost';
      const secrets = await storage.apps.create({ name: 'Test Shop', ...app, environment });
      return { ...secrets, issuer: issuerOf(platform.url, realmOf(environment)) };
    },
    close: async () => {
      await platform.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

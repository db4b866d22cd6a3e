import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@signup-with-platform/protocol';
import { readConfig } from '../server/config.ts';
import { type Platform, startPlatform } from '../server/platform.ts';
import { createStorage, type Storage } from '../server/storage/index.ts';

export interface BenchPlatform extends Platform {
  storage: Storage;
  createApp(origin: string, environment: Environment): Promise<string>;
}

/** A platform on SQLite in a temporary folder, which is deleted afterwards. */
export async function withPlatform<Result>(work: (platform: BenchPlatform) => Promise<Result>): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
  const platform = await startPlatform(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
  const storage = createStorage(platform.database);
  try {
    return await work({
      ...platform,
      storage,
      createApp: async (origin, environment) =>
        (await storage.apps.create({ name: 'Bench Shop', environment, origins: [origin] })).clientId,
    });
  } finally {
    await platform.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

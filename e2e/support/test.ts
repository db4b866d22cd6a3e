import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import type { Environment } from '@signup-with-platform/protocol';
import { issuerOf, realmOf } from '@signup-with-platform/protocol';
import { createStore } from '../../demo/app.ts';
import { readConfig } from '../../server/config.ts';
import { type Platform, startPlatform } from '../../server/platform.ts';
import type { AppSecrets, NewAppEnvironment } from '../../server/storage/apps.ts';
import { createStorage, type Storage } from '../../server/storage/index.ts';
import { startVendorSite, type VendorSite } from './vendor-site.ts';

export interface RunningPlatform extends Platform {
  readonly storage: Storage;
  /** Registers an app in the sandbox (or where it says). */
  createApp(app: Partial<NewAppEnvironment> & { origins: string[] }): Promise<AppSecrets & { issuer: string }>;
}

export interface RunningStore {
  readonly url: string;
  readonly clientId: string;
  readonly issuer: string;
}

interface WorkerFixtures {
  /** A platform at http://localhost, with a database of its own. */
  platform: RunningPlatform;
  /** The demo store at http://127.0.0.1: another site than the platform's. Its app is in the sandbox. */
  store: RunningStore;
  /** A bare site at http://127.0.0.1, registered by no app until a test does so. */
  site: VendorSite;
}

export const test = base.extend<object, WorkerFixtures>({
  platform: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'platform-e2e-'));
      const platform = await startPlatform(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' }));
      const storage = createStorage(platform.database);
      await use({
        ...platform,
        storage,
        createApp: async (app) => {
          const environment: Environment = app.environment ?? 'localhost';
          const secrets = await storage.apps.create({ name: 'Test Shop', ...app, environment });
          return { ...secrets, issuer: issuerOf(platform.url, realmOf(environment)) };
        },
      });
      await platform.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  store: [
    async ({ platform }, use) => {
      const { clientId, issuer } = await platform.createApp({ name: 'Fern & Field', origins: ['http://127.0.0.1:1'] });
      const app = createStore({ platformUrl: platform.url, issuer, clientId });
      const url = await app.listen({ host: '127.0.0.1', port: 0 });
      await platform.storage.apps.setOrigins(clientId, [url]);
      await use({ url, clientId, issuer });
      await app.close();
    },
    { scope: 'worker' },
  ],
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const site = await startVendorSite();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';

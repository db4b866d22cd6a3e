import { issuerOf, realmOf } from '@signup-with-platform/protocol';
import type { AppOptions } from '../app.ts';
import { readConfig } from '../config.ts';
import { type Platform, startPlatform } from '../platform.ts';
import type { AppSecrets } from '../storage/app-environments.ts';
import type { NewApp } from '../storage/apps.ts';
import { createStorage, type Storage } from '../storage/index.ts';
import { HttpBrowser } from './http-journey.ts';
import { mailServerFor } from './mail-server-for.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A platform on a free port, with what a test wants to do behind its back. */
export interface TestPlatform extends Platform {
  readonly dataDir: string;
  readonly storage: Storage;
  /** Registers an app, in the sandbox unless it says otherwise. */
  createApp(app?: Partial<NewApp>): Promise<AppSecrets & { issuer: string }>;
  /** A browser that has never been here. */
  browser(): HttpBrowser;
}

export { temporaryDirectory };

export const SHOP_ORIGIN = 'https://shop.example';

/** @param env environment variables; by default a port and a data directory of its own, and silence */
export async function startTestPlatform(
  env: Record<string, string> = {},
  options: AppOptions = {},
): Promise<TestPlatform> {
  const dataDir = env['DATA_DIR'] ?? temporaryDirectory();
  const platform = await startPlatform(
    readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...mailServerFor(env), ...env, DATA_DIR: dataDir }),
    options,
  );
  const storage = createStorage(platform.database);
  return {
    ...platform,
    dataDir,
    storage,
    createApp: async (app = {}) => {
      const environment = app.environment ?? 'localhost';
      const secrets = await storage.apps.create({ name: 'Test Shop', origins: [SHOP_ORIGIN], ...app, environment });
      return { ...secrets, issuer: issuerOf(platform.url, realmOf(environment)) };
    },
    browser: () => new HttpBrowser(platform.url),
  };
}

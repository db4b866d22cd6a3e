import { test as base } from '@playwright/test';
import { createStore } from '../../demo/app.ts';
import { type RunningPlatform, runPlatform } from './running-platform.ts';
import { blockThirdPartyCookies } from './third-party-cookies.ts';
import { startVendorSite, type VendorSite } from './vendor-site.ts';

export type { RunningPlatform };

export interface RunningStore {
  readonly url: string;
  readonly clientId: string;
  readonly issuer: string;
}

interface WorkerFixtures {
  /** A platform at http://localhost, with its own database. */
  platform: RunningPlatform;
  /** The demo store at http://127.0.0.1, which is another site than the platform's. Its app is in the sandbox. */
  store: RunningStore;
  /** An empty site at http://127.0.0.1, which no app has registered until a test does so. */
  site: VendorSite;
}

export const test = base.extend<object, WorkerFixtures>({
  page: async ({ page }, use) => {
    // The windows that it opens belong to the platform, whose pages make no requests to other sites.
    await blockThirdPartyCookies(page);
    await use(page);
  },
  platform: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const platform = await runPlatform();
      await use(platform);
      await platform.close();
    },
    { scope: 'worker' },
  ],
  store: [
    async ({ platform }, use) => {
      const { clientId, issuer } = await platform.createApp({ name: 'Fern & Field', origins: ['http://127.0.0.1:1'] });
      const app = createStore({ platformUrl: platform.url, issuer, clientId });
      const url = await app.listen({ host: '127.0.0.1', port: 0 });
      await platform.storage.appEnvironments.setOrigins(clientId, [url]);
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

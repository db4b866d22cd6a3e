import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from '../scripts/chromium.ts';

const chromium = findChromium();

/** Each worker runs a platform and a store of its own, so tests share nothing with another worker's. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      // As browsers do by themselves now, or soon will.
      args: [...CHROMIUM_ARGUMENTS, '--test-third-party-cookie-phaseout'],
    },
  },
});

import { defineConfig } from '@playwright/test';
import { headlessShell } from './support/launch.ts';

/** Each worker runs its own platform and store, so tests share nothing with those of another worker. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // One more than a small machine has processors, because a third of the time is spent waiting.
  workers: 3,
  // Both long, because a busy machine may stand still for seconds: only a test that fails waits for so long.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    launchOptions: headlessShell,
  },
});

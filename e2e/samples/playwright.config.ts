import { defineConfig } from '@playwright/test';
import common from '../playwright.config.ts';

/** All samples, one after the other: `npm run test:samples`. What a sample needs may have to be downloaded first. */
export default defineConfig({
  ...common,
  testMatch: '*.trial.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 1_800_000,
});

import { defineConfig } from '@playwright/test';
import common from '../playwright.config.ts';

/** One after the other: `npm run test:packages`. Whole frameworks are installed and built. */
export default defineConfig({
  ...common,
  testMatch: '*.trial.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 1_200_000,
});

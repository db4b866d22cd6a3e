import { defineConfig } from '@playwright/test';
import common from '../playwright.config.ts';

/** All clients, one after the other: `npm run test:clients`. What a client needs may have to be built first. */
export default defineConfig({
  ...common,
  testMatch: ['npm.spec.ts', 'other.trial.ts'],
  outputDir: '../../test-results',
  workers: 1,
  timeout: 1_800_000,
});

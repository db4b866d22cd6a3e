import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { countReporter } from './testing/count-reporter.mjs';
import { fakePlatform } from './testing/fake-platform.mjs';

/** A Chromium of the system, else Playwright's own. */
const executablePath = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: fileURLToPath(new URL('**/*.browser-test.ts', import.meta.url)),
  nodeResolve: { exportConditions: ['browser', 'production', 'default'] },
  concurrency: 1,
  plugins: [esbuildPlugin({ ts: true, target: 'es2022' })],
  middleware: [fakePlatform()],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: {
        ...(executablePath && { executablePath }),
        // As root, which is what containers run as, Chromium refuses to start with its sandbox.
        chromiumSandbox: process.getuid?.() !== 0,
        args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      },
    }),
  ],
  testFramework: { config: { timeout: 10_000 } },
  reporters: [countReporter()],
};

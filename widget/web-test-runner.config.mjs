import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { CHROMIUM_ARGUMENTS, findHeadlessShell } from '../scripts/chromium.ts';
import { countReporter } from './testing/count-reporter.mjs';
import { fakePlatform } from './testing/fake-platform.mjs';
import { fakeShop } from './testing/fake-shop.mjs';
import { scriptedLoading } from './testing/scripted-loading.mjs';

const executablePath = findHeadlessShell();

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: fileURLToPath(new URL('**/*.browser-test.ts', import.meta.url)),
  nodeResolve: { exportConditions: ['browser', 'production', 'default'] },
  concurrency: 1,
  plugins: [esbuildPlugin({ ts: true, json: true, target: 'es2022' }), scriptedLoading()],
  middleware: [fakePlatform(), fakeShop()],
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: {
        ...(executablePath && { executablePath }),
        // The arguments decide about the sandbox.
        chromiumSandbox: true,
        args: CHROMIUM_ARGUMENTS,
      },
    }),
  ],
  // All long, because a busy machine may stand still for seconds: only a run that fails waits for so long.
  testFramework: { config: { timeout: 120_000 } },
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 1_800_000,
  reporters: [countReporter()],
};

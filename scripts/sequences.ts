import { ensureHeadlessShell } from './chromium.ts';
import { binOf, runNode } from './run.ts';

/** `npm run test:sequences -- 10000`: as many random sequences of widget/one-end.browser-test.ts; `npm test` runs 300. */
const [count = '10000'] = process.argv.slice(2);
const config = ['--config', 'widget/web-test-runner.config.mjs', '--files', 'widget/one-end.browser-test.ts'];
const { exitCode } = await runNode([binOf('@web/test-runner/dist/bin.js'), ...config], {
  env: { ...process.env, SEQUENCES: count, HEADLESS_SHELL_PATH: await ensureHeadlessShell() },
});
process.exitCode = exitCode;

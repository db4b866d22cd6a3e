import { buildPackages } from './build-packages.ts';
import { ensureChromium, ensureHeadlessShell } from './chromium.ts';
import { binOf, runNode } from './run.ts';

// Installs the npm packages as the portal prints it, in each Node that they support, and runs what was printed; has each framework's own checker
// look at the types; builds and opens the examples of Next.js, Nuxt and Astro. What they need comes from npm, and is kept under
// node_modules/.cache/packages.
//
//   npm run test:packages -- [part of a title]…

const titles = process.argv.slice(2).map((title) => title.replaceAll(/[^\w ]/g, '\\$&'));

process.env['HEADLESS_SHELL_PATH'] = await ensureHeadlessShell();
process.env['CHROME_PATH'] = await ensureChromium();
await buildPackages();
const { exitCode } = await runNode([
  binOf('@playwright/test/cli.js'),
  'test',
  ...['--config', 'e2e/packages/playwright.config.ts', '--reporter', 'list'],
  ...(titles.length > 0 ? ['--grep', titles.join('|')] : []),
]);
process.exitCode = exitCode;

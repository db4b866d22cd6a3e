import { ensureChromium, ensureHeadlessShell } from './chromium.ts';
import { binOf, runNode } from './run.ts';

// Runs each program that the portal prints for vendors' backends, signs somebody up with it in a browser, and attacks it. What the languages
// need is installed by their own tools, as for `npm run test:clients`. What cannot be installed is named and not tried.
//
//   npm run test:samples -- [part of a language's name]…

const names = process.argv.slice(2).map((name) => name.replaceAll(/[^\w ]/g, '\\$&'));

process.env['HEADLESS_SHELL_PATH'] = await ensureHeadlessShell();
process.env['CHROME_PATH'] = await ensureChromium();
const { exitCode } = await runNode([
  binOf('@playwright/test/cli.js'),
  'test',
  ...['--config', 'e2e/samples/playwright.config.ts', '--reporter', 'list,./e2e/samples/not-run-reporter.ts'],
  ...(names.length > 0 ? ['--grep', `\\[.*\\b(${names.join('|')})`] : []),
]);
process.exitCode = exitCode;

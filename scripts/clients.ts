import { ensureChromium, ensureHeadlessShell } from './chromium.ts';
import { binOf, runNode } from './run.ts';

// Signs in with each client of e2e/clients/, and installs what they need under node_modules/.cache/clients: Python's packages by pip, Go's and
// Maven's by their own tools, Debian's where this is root on such a system. What cannot be installed is named and not tried.
//
//   npm run test:clients -- [--write] [part of a client's name, or of npm, PyPI, Go, Maven, Debian]…

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('--'));
const unknown = words.filter((word) => word.startsWith('--') && word !== '--write');
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. There is --write.`);

process.env['HEADLESS_SHELL_PATH'] = await ensureHeadlessShell();
process.env['CHROME_PATH'] = await ensureChromium();
if (words.includes('--write')) process.env['WRITE_CLIENTS'] = '1';
const escaped = names.map((name) => name.replaceAll(/[^\w ]/g, '\\$&'));
const { exitCode } = await runNode([
  binOf('@playwright/test/cli.js'),
  'test',
  ...['--config', 'e2e/clients/playwright.config.ts', '--reporter', 'list,./e2e/clients/clients-reporter.ts'],
  ...(escaped.length > 0 ? ['--grep', `\\[.*\\b(${escaped.join('|')}).*\\]`] : []),
]);
process.exitCode = exitCode;

import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright';
import { binOf, runNode } from './run.ts';
import { installPackages } from './system-packages.ts';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Keeps the browser from contacting its vendor. As root, which is what containers run as, it refuses to start with its sandbox. Without a graphics
 * card, a process of its own for one is work and nothing else.
 */
export const CHROMIUM_ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--in-process-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Finds a Chromium for the tests: `CHROME_PATH`, the system's, Playwright's own, or one that is installed now.
 * @throws Error when there is none and none can be installed
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  console.log('No Chromium was found; installing one.');
  await runNode([binOf('playwright/cli.js'), 'install', 'chromium']);
  if (!findChromium()) await installPackages(['chromium'], { recommended: true });
  const installed = findChromium();
  if (!installed)
    throw new Error('There is no Chromium, and none could be installed. Install one and set CHROME_PATH to it.');
  return installed;
}

export function findChromium(): string | undefined {
  const named = process.env['CHROME_PATH'];
  return [...(named ? [named] : []), ...SYSTEM_PATHS, chromium.executablePath()].find(isExecutable);
}

const SHELL_PATHS = ['/usr/bin/chromium-headless-shell'];

/**
 * Chromium without the parts that show its windows, for tests that need no dialog of the browser. It is the same engine with less than half
 * of the work. Without it, or when `CHROME_PATH` is set, Chromium itself is used.
 */
export async function ensureHeadlessShell(): Promise<string> {
  if (!process.env['CHROME_PATH'] && !findShell()) {
    await installPackages(['chromium-headless-shell'], { recommended: true });
  }
  return findHeadlessShell() ?? (await ensureChromium());
}

export function findHeadlessShell(): string | undefined {
  const { HEADLESS_SHELL_PATH: named, CHROME_PATH: chromium } = process.env;
  return named ?? (chromium ? undefined : findShell()) ?? findChromium();
}

function findShell(): string | undefined {
  return SHELL_PATHS.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright';
import { binOf, run, runNode } from './run.ts';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Keeps the browser from calling home. As root, which is what containers run as, it refuses to start with its sandbox. */
export const CHROMIUM_ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A Chromium for the tests: `CHROME_PATH`, the system's, Playwright's own, or one that is installed now.
 * @throws Error when there is none and none can be installed
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  console.log('No Chromium was found; installing one.');
  await runNode([binOf('playwright/cli.js'), 'install', 'chromium']);
  if (!findChromium() && process.platform === 'linux' && process.getuid?.() === 0) {
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const installed = findChromium();
  if (!installed)
    throw new Error('There is no Chromium, and none could be installed. Install one and set CHROME_PATH to it.');
  return installed;
}

export function findChromium(): string | undefined {
  const named = process.env['CHROME_PATH'];
  return [...(named ? [named] : []), ...SYSTEM_PATHS, chromium.executablePath()].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

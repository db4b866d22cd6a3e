import { accessSync, constants } from 'node:fs';
import { installPackages, mayInstall } from './system-packages.ts';

const SYSTEM_PATHS = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
];

/** Finds a Firefox for the tests: `FIREFOX_PATH`, the system's, or Debian's, which is installed now. Undefined when there is none. */
export async function ensureFirefox(): Promise<string | undefined> {
  const found = findFirefox();
  if (found || !mayInstall) return found;
  console.log('No Firefox was found; installing one.');
  await installPackages(['firefox-esr']);
  return findFirefox();
}

/** Whether a missing Firefox is an error, because it can be installed automatically, or because this is continuous integration. */
export function isFirefoxExpected(): boolean {
  return mayInstall || Boolean(process.env['CI']);
}

export function findFirefox(): string | undefined {
  const named = process.env['FIREFOX_PATH'];
  return [...(named ? [named] : []), ...SYSTEM_PATHS].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

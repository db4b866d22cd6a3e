import { CHROMIUM_ARGUMENTS, findChromium, findHeadlessShell } from '../../scripts/chromium.ts';

/** How a browser is started. */
export interface LaunchOptions {
  executablePath?: string;
  args: string[];
}

/** For pages and windows. */
export const headlessShell: LaunchOptions = launch(findHeadlessShell());

/** With the browser's own dialogs, which the shell has not. */
export const wholeBrowser: LaunchOptions = launch(findChromium());

function launch(executablePath: string | undefined): LaunchOptions {
  // As browsers do by themselves now, or soon will; the shell has cookies of a third party, whatever it is told.
  const args = [...CHROMIUM_ARGUMENTS, '--test-third-party-cookie-phaseout'];
  return { ...(executablePath && { executablePath }), args };
}

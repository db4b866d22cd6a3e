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
  // The shell is told so for each page (third-party-cookies.ts), and knows nothing of the flag.
  const args = [...CHROMIUM_ARGUMENTS, '--test-third-party-cookie-phaseout'];
  return { ...(executablePath && { executablePath }), args };
}

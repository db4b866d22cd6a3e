import { CHROMIUM_ARGUMENTS, findChromium, findHeadlessShell } from '../../scripts/chromium.ts';

/** How a browser is started. */
export interface LaunchOptions {
  executablePath?: string;
  args: string[];
}

/** For pages and windows. */
export const headlessShell: LaunchOptions = launch(findHeadlessShell());

/** The browser with its own dialogs, which the headless shell does not have. */
export const wholeBrowser: LaunchOptions = launch(findChromium());

function launch(executablePath: string | undefined): LaunchOptions {
  // The headless shell does not know the flag, so third-party-cookies.ts blocks them for each page.
  const args = [...CHROMIUM_ARGUMENTS, '--test-third-party-cookie-phaseout'];
  return { ...(executablePath && { executablePath }), args };
}

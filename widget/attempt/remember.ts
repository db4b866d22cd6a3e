/** The element reads the same key before this file is loaded. */
export const KNOWN_NAME_KEY = 'signup-with-platform:given-name';

/** In characters. A longer name would not fit into a greeting. */
const MAX_LENGTH = 40;

/**
 * Keeps the person's given name for the next time, and nothing else, in localStorage of the vendor's own origin.
 *
 * @param givenName undefined when it was not shared. Then no name is kept, so that nobody is greeted by another person's name
 */
export function rememberName(givenName: string | undefined): void {
  const name = givenName?.trim() ?? '';
  try {
    if (name && [...name].length <= MAX_LENGTH) window.localStorage.setItem(KNOWN_NAME_KEY, name);
    else window.localStorage.removeItem(KNOWN_NAME_KEY);
  } catch {
    // There is no storage, or it is full.
  }
}

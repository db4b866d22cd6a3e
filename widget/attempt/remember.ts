/** The element reads it before this file is loaded, under the same name. */
export const KNOWN_NAME_KEY = 'signup-with-platform:given-name';

/** Longer ones would be more than a greeting. In characters. */
const MAX_LENGTH = 40;

/**
 * Keeps the given name of who signed up, for the next time, and nothing else. In localStorage of the vendor's own origin.
 *
 * @param givenName undefined when it was not shared: then nobody is greeted, rather than somebody else
 */
export function rememberName(givenName: string | undefined): void {
  const name = givenName?.trim() ?? '';
  try {
    if (name && [...name].length <= MAX_LENGTH) localStorage.setItem(KNOWN_NAME_KEY, name);
    else localStorage.removeItem(KNOWN_NAME_KEY);
  } catch {
    // No storage, or no room in it.
  }
}

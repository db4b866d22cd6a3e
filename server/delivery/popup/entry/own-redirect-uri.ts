import type { AppEnvironment } from '#storage/app-environments.ts';

/** @param uri one that is registered, or that may be no URL at all */
export function isOfOrigin(uri: string, origin: string): boolean {
  return URL.canParse(uri) && new URL(uri).origin === origin;
}

/** Whether an address that nobody has checked is one that the app registered for the page's own origin. */
export function isOwnRedirectUri(app: AppEnvironment, origin: string, uri: unknown): uri is string {
  return typeof uri === 'string' && app.redirectUris.includes(uri) && isOfOrigin(uri, origin);
}

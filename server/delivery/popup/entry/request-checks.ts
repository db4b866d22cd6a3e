import { fieldNames } from '@signup-with-platform/protocol';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import { isOfOrigin } from './own-redirect-uri.ts';
import type { AskedRequest } from './popup-query.ts';

/** One rule for what a page may ask for. @returns what is wrong, in English for developers; undefined when it holds */
type RequestCheck = (
  request: AskedRequest,
  app: AppEnvironment,
  origin: string,
  catalogue: FieldCatalogue,
) => string | undefined;

const namesKnownClaims: RequestCheck = ({ fields }, _app, _origin, catalogue) => {
  const unknown = fieldNames(fields).find((name) => !catalogue.has(name));
  return unknown === undefined ? undefined : `fields: '${unknown}' is not a claim that can be asked for.`;
};

const hasSomewhereToRedirect: RequestCheck = ({ mode, redirect_uri: uri }) =>
  mode === 'redirect' && uri === undefined ? 'redirect_uri: required with mode=redirect' : undefined;

/** Compared exactly (invariant 7). */
const redirectUriIsRegistered: RequestCheck = ({ redirect_uri: uri }, { redirectUris }) =>
  uri === undefined || redirectUris.includes(uri)
    ? undefined
    : `redirect_uri: ${uri} is not registered. Add it to the app's redirect URIs, exactly as written here.`;

/** A redirect URI stands for the page that asked, so the answer does not go to another page of the app's (RFC 9700 section 2.1). */
const redirectUriIsOfThePage: RequestCheck = ({ redirect_uri: uri }, _app, origin) =>
  uri === undefined || isOfOrigin(uri, origin) ? undefined : 'redirect_uri: must be of the origin of the page';

/** What travels in an address is a code, and only the page that began can redeem it (PKCE, RFC 7636). */
const redirectHasChallenge: RequestCheck = ({ redirect_uri: uri, code_challenge: challenge }) =>
  uri === undefined || challenge !== undefined ? undefined : 'code_challenge: required with redirect_uri';

const CHECKS: readonly RequestCheck[] = [
  namesKnownClaims,
  hasSomewhereToRedirect,
  redirectUriIsRegistered,
  redirectUriIsOfThePage,
  redirectHasChallenge,
];

/** The first thing that is wrong with a request; undefined when nothing is. */
export function problemOf(
  request: AskedRequest,
  app: AppEnvironment,
  origin: string,
  catalogue: FieldCatalogue,
): string | undefined {
  for (const check of CHECKS) {
    const problem = check(request, app, origin, catalogue);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

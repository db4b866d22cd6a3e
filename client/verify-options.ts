import { CREDENTIAL_ALG, DEFAULT_ID_TOKEN_ALG, ID_TOKEN_ALGS, type IdTokenAlg } from '@signup-with-platform/protocol';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { InvalidOptionError } from './errors.ts';
import { quote } from './hints.ts';
import type { Fetch, KeySource } from './key-sets.ts';

const DEFAULT_CLOCK_TOLERANCE_SECONDS = 10;
const MAX_CLOCK_TOLERANCE_SECONDS = 300;

export interface VerifyCredentialOptions {
  /** The `client_id` of this environment of your app, which is also the element's `client-id`. */
  clientId: string;
  /** The platform's issuer identifier, e.g. `https://platform.example`, in the sandbox `https://platform.example/sandbox`. */
  issuer: string;
  /**
   * The nonce that your backend made for this page view and kept in this session. It stops a stolen credential from working
   * in another browser. Forget it after the first use, whatever the outcome.
   *
   * Or a list: those of all forms that are open in this session, because people open a second tab. Forget the one that was used, which is the
   * `nonce` of the result, and keep the list short. An empty list refuses every credential.
   */
  nonce: string | readonly string[];
  /**
   * How the credential may be signed. The element's is always ES256; an ID token for which your backend redeemed a code is as the app's
   * settings say, RS256 unless you have changed it. Name the one that you use to accept no other. Default: ES256 and RS256. EdDSA is
   * for apps that chose it, so it has to be named.
   */
  algorithms?: readonly IdTokenAlg[];
  /** How far the two clocks may differ, in seconds. Default 10, at most 300. */
  clockToleranceSeconds?: number;
  /** Used to get the keys, e.g. through a proxy. Keep one function: keys are cached for each. Default: the global `fetch`. */
  fetch?: Fetch;
  /** The platform's keys, if they should not be fetched: a JWK Set, or a function of jose that finds a key. */
  jwks?: JSONWebKeySet | JWTVerifyGetKey;
}

/** What verifying a credential and verifying a logout token have in common. */
export interface SharedOptions extends KeySource {
  clientId: string;
  algorithms?: readonly IdTokenAlg[];
  clockToleranceSeconds?: number;
}

/** Refuses mistakes of the calling program, before the credential is looked at. */
export function checkOptions(options: VerifyCredentialOptions): void {
  checkSharedOptions(options, 'verifyCredential(token, { clientId, issuer, nonce })');
  const { nonce } = options;
  for (const one of Array.isArray(nonce) ? nonce : [nonce]) {
    requireText('nonce', one, 'the one that the session keeps; when there is none, refuse the form');
  }
}

/** @param call how the function is called, for whoever has left the options out */
export function checkSharedOptions(options: SharedOptions, call: string): void {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidOptionError('options', `${call}: the second argument is missing`);
  }
  const { clientId, issuer, fetch, jwks } = options;
  requireText('clientId', clientId, "the app's client_id, from the platform's portal");
  if (/^sk_(live|test)_/.test(clientId)) {
    throw new InvalidOptionError(
      'clientId',
      '`clientId` holds an API key: pass the client_id, and rotate the key if it was in a page',
    );
  }
  requireText('issuer', issuer, "the platform's address, e.g. https://platform.example");
  if (!/^https?:\/\//.test(issuer) || !URL.canParse(issuer)) {
    throw new InvalidOptionError('issuer', `\`issuer\` must be an http(s) URL, but it is ${quote(issuer)}`);
  }
  if (options.algorithms !== undefined && !isListOfAlgorithms(options.algorithms)) {
    throw new InvalidOptionError('algorithms', `\`algorithms\` must be a list of ${ID_TOKEN_ALGS.join(', ')}`);
  }
  const tolerance = toleranceOf(options);
  if (!(tolerance >= 0 && tolerance <= MAX_CLOCK_TOLERANCE_SECONDS)) {
    throw new InvalidOptionError(
      'clockToleranceSeconds',
      `\`clockToleranceSeconds\` must be between 0 and ${MAX_CLOCK_TOLERANCE_SECONDS}`,
    );
  }
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw new InvalidOptionError('fetch', '`fetch` must be a function like the global fetch');
  }
  if (jwks !== undefined && typeof jwks !== 'function' && !isKeySet(jwks)) {
    throw new InvalidOptionError('jwks', '`jwks` must be a JWK Set ({ keys: […] }) or a function that finds a key');
  }
}

function isListOfAlgorithms(value: unknown): boolean {
  const accepted: readonly unknown[] = Array.isArray(value) ? value : [];
  return accepted.length > 0 && accepted.every((alg) => ID_TOKEN_ALGS.some((known) => known === alg));
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  const { keys } = (value ?? {}) as { keys?: unknown };
  return Array.isArray(keys) && keys.every((key) => typeof key === 'object' && key !== null);
}

function requireText(option: string, value: unknown, what: string): void {
  if (typeof value !== 'string' || value === '') {
    throw new InvalidOptionError(option, `\`${option}\` is ${value === '' ? 'empty' : typeof value}: pass ${what}`);
  }
  if (value !== value.trim()) {
    throw new InvalidOptionError(
      option,
      `\`${option}\` is surrounded by white space: was it read from a file with a newline?`,
    );
  }
}

const DEFAULT_ALGORITHMS: readonly IdTokenAlg[] = [CREDENTIAL_ALG, DEFAULT_ID_TOKEN_ALG];

export function algorithmsOf({ algorithms = DEFAULT_ALGORITHMS }: VerifyCredentialOptions): readonly IdTokenAlg[] {
  return algorithms;
}

/** Those that the credential may repeat. */
export function noncesOf({ nonce }: VerifyCredentialOptions): readonly string[] {
  return typeof nonce === 'string' ? [nonce] : nonce;
}

export function toleranceOf(options: Pick<SharedOptions, 'clockToleranceSeconds'>): number {
  return options.clockToleranceSeconds ?? DEFAULT_CLOCK_TOLERANCE_SECONDS;
}

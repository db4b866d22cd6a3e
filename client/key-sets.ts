import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { CREDENTIAL_ERRORS, CredentialError } from './errors.ts';
import { quote } from './hints.ts';

/** How `fetch` is called for the keys. The global one fits, and so does undici's when it is bound to a dispatcher. */
export type Fetch = FetchImplementation;

/** This limits how long a revoked key is accepted. Rotation does not depend on it, because a key is retired long after its last use. */
const CACHE_MAX_AGE_MS = 600_000;
/** An unknown `kid` fetches the keys at once, so that a new key works at once. Forged ones cause at most one request a second. */
const COOLDOWN_MS = 1_000;
const TIMEOUT_MS = 5_000;
/** Issuers come from the vendor's settings, so there are few. The limit protects a caller who reads them from somewhere else. */
const MAX_ISSUERS = 100;

const keySetsOf = new WeakMap<Fetch, Map<string, JWTVerifyGetKey>>();

/** Where the keys come from. */
export interface KeySource {
  issuer: string;
  fetch?: Fetch | undefined;
  jwks?: JSONWebKeySet | JWTVerifyGetKey | undefined;
}

/** How a refusal speaks of what was verified. */
export interface TokenKind {
  name: 'credential' | 'logout token';
  /** What to do when the keys cannot be read. */
  whenUnavailable: string;
}

/** Distinguishes an unknown key from keys that could not be fetched, for which jose rejects with whatever `fetch` threw. */
export function findKeyIn({ issuer, fetch, jwks }: KeySource, kind: TokenKind): JWTVerifyGetKey {
  const keySet = typeof jwks === 'function' ? jwks : jwks ? createLocalJWKSet(jwks) : keySetOf(issuer, fetch);
  return async (header, token) => {
    try {
      return await keySet(header, token);
    } catch (cause) {
      if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) {
        throw new CredentialError(
          CREDENTIAL_ERRORS.UNKNOWN_KEY,
          `The ${kind.name} is signed by key ${quote(header.kid)}`,
          `The platform does not publish that key${jwks ? ' in the given jwks' : ` at ${issuer}/jwks`}. ` +
            `The ${kind.name} was forged, the key was withdrawn, or the key set is stale.`,
          { cause },
        );
      }
      throw new CredentialError(
        CREDENTIAL_ERRORS.KEYS_UNAVAILABLE,
        `The platform's keys could not be read${jwks ? '' : ` from ${issuer}/jwks`} (${reasonOf(cause)})`,
        `Is \`issuer\` right, and can this machine reach it? ${kind.whenUnavailable}`,
        { cause },
      );
    }
  };
}

/** jose refuses a key of another kind than the token's algorithm by a TypeError: a `jwks` function has found it by the key id alone. */
export function keyOfAnotherKind(cause: TypeError, kind: TokenKind): CredentialError {
  return new CredentialError(
    CREDENTIAL_ERRORS.UNKNOWN_KEY,
    `The ${kind.name} names a key that is not for its algorithm`,
    'It was forged. If it happens to everyone, let the `jwks` function choose by `alg` as well as by `kid`.',
    { cause },
  );
}

/** Adds the cause (ECONNREFUSED, ENOTFOUND, a certificate), because the message `fetch failed` does not say why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = error.cause instanceof Error && 'code' in error.cause ? `: ${String(error.cause.code)}` : '';
  return `${error.message}${code}`;
}

/** The issuer's keys, fetched at first use and cached for the whole process. Each `fetch` function has its own cache. */
function keySetOf(issuer: string, fetch: Fetch = globalThis.fetch): JWTVerifyGetKey {
  let keySets = keySetsOf.get(fetch);
  if (!keySets) {
    keySets = new Map();
    keySetsOf.set(fetch, keySets);
  }

  let keySet = keySets.get(issuer);
  if (!keySet) {
    const [oldest] = keySets.keys();
    if (keySets.size >= MAX_ISSUERS && oldest !== undefined) keySets.delete(oldest);
    keySet = createRemoteJWKSet(new URL(`${issuer}/jwks`), {
      cacheMaxAge: CACHE_MAX_AGE_MS,
      cooldownDuration: COOLDOWN_MS,
      timeoutDuration: TIMEOUT_MS,
      [customFetch]: fetch,
    });
    keySets.set(issuer, keySet);
  }
  return keySet;
}

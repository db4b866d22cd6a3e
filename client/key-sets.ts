import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose';

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

/** The issuer's keys, fetched at first use and cached for the whole process. Each `fetch` function has its own cache. */
export function keySetOf(issuer: string, fetch: Fetch = globalThis.fetch): JWTVerifyGetKey {
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

import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { guardedFetch } from './guarded-fetch.ts';

/** The keys of an upstream, fetched when they are needed first, and again for a key that is not among them, at most twice a minute. */
export function remoteKeys(address: URL): JWTVerifyGetKey {
  return createRemoteJWKSet(address, {
    [customFetch]: (url, { method, headers }) =>
      guardedFetch(url, { method, headers: Object.fromEntries(headers), body: undefined, redirect: 'manual' }),
  });
}

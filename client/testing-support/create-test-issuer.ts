import type { JSONWebKeySet } from 'jose';
import { createTestKey, signCredential, type TestClaims } from './test-keys.ts';

/** A platform within the test's own process: no server, no network, credentials that pass {@link verifyCredential}. */
export interface InProcessIssuer {
  issuer: string;
  clientId: string;
  nonce: string;
  /** Pass it as `jwks`: nothing is fetched then. */
  jwks: JSONWebKeySet;
  /** All of the above, for `verifyCredential(credential, issuer.options)`. */
  options: { issuer: string; clientId: string; nonce: string; jwks: JSONWebKeySet };
  /**
   * A signed credential for `clientId` and `nonce`, new, valid for five minutes.
   * @param claims Added, or put in the place of those: `{ exp: 0 }` is an expired one, `{ sub: undefined }` has none.
   */
  credential(claims?: TestClaims): Promise<string>;
}

/**
 * Makes an issuer with a throw-away key, for the tests of a vendor's backend.
 *
 * @example
 * ```ts
 * const platform = await createTestIssuer({ clientId: 'my-shop' });
 * const credential = await platform.credential({ email: 'jane@example.com', email_verified: true });
 * const claims = await verifyCredential(credential, platform.options);
 * ```
 */
export async function createTestIssuer({
  issuer = 'https://platform.test/sandbox',
  clientId = 'TestShopTestShopTestShopTestShop',
  nonce = 'test-nonce',
}: {
  issuer?: string;
  clientId?: string;
  nonce?: string;
} = {}): Promise<InProcessIssuer> {
  const key = await createTestKey();
  const jwks: JSONWebKeySet = { keys: [key.publicJwk] };
  return {
    issuer,
    clientId,
    nonce,
    jwks,
    options: { issuer, clientId, nonce, jwks },
    credential: (claims = {}) => signCredential(issuer, { aud: clientId, nonce, ...claims }, key),
  };
}

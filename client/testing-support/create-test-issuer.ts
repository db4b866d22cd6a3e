import type { JSONWebKeySet } from 'jose';
import { createTestKey, signCredential, type TestClaims } from './test-keys.ts';

/** A platform within the test's own process, without a server or network. Its credentials pass {@link verifyCredential}. */
export interface InProcessIssuer {
  issuer: string;
  clientId: string;
  nonce: string;
  /** Pass it as `jwks`, so that nothing is fetched. */
  jwks: JSONWebKeySet;
  /** All of the above, to be passed as `verifyCredential(credential, issuer.options)`. */
  options: { issuer: string; clientId: string; nonce: string; jwks: JSONWebKeySet };
  /**
   * Signs a new credential for `clientId` and `nonce`, valid for an hour.
   * @param claims added to the default ones or replacing them: `{ exp: 0 }` expires it, `{ sub: undefined }` leaves `sub` out
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

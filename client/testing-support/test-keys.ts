import { CREDENTIAL_ALG, CREDENTIAL_LIFETIME, type CredentialPayload } from '@signup-with-platform/protocol';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export interface TestKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** Claims with the value `undefined` are left out. */
export type TestClaims = { [Claim in keyof CredentialPayload]?: CredentialPayload[Claim] | undefined } & Record<
  string,
  unknown
>;

export async function createTestKey(): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(CREDENTIAL_ALG);
  const kid = globalThis.crypto.randomUUID();
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: CREDENTIAL_ALG, use: 'sig' } };
}

/** A credential like the platform's, except for the given claims. */
export function signCredential(issuer: string, claims: TestClaims, key: TestKey): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const payload: JWTPayload = {
    iss: issuer,
    sub: 'user_7hQ2mXc9Lw',
    iat: nowSeconds,
    exp: nowSeconds + CREDENTIAL_LIFETIME.default,
    jti: globalThis.crypto.randomUUID(),
    environment: 'localhost',
    is_new_user: true,
    ...(claims as JWTPayload),
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: CREDENTIAL_ALG, typ: 'JWT', kid: key.kid })
    .sign(key.privateKey);
}

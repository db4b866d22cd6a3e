import {
  CREDENTIAL_ALG,
  CREDENTIAL_LIFETIME,
  type CredentialPayload,
  type IdTokenAlg,
} from '@signup-with-platform/protocol';
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

/** @param alg default ES256, as in the credentials of the element */
export async function createTestKey(alg: IdTokenAlg = CREDENTIAL_ALG): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const kid = globalThis.crypto.randomUUID();
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
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
    .setProtectedHeader({ alg: key.publicJwk.alg ?? CREDENTIAL_ALG, typ: 'JWT', kid: key.kid })
    .sign(key.privateKey);
}

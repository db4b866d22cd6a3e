import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CREDENTIAL_ALG, CREDENTIAL_LIFETIME_SECONDS, type CredentialPayload } from '@signup-with-platform/protocol';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export interface TestKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** A platform for tests: real keys, a real HTTP server on a free port, credentials that pass {@link verifyCredential}. */
export interface TestIssuer {
  /** Pass it as `issuer`. */
  issuer: string;
  /** What `{issuer}/jwks` answers; change it to rotate. */
  keys: TestKey[];
  /** How often the keys were fetched. */
  jwksRequests: () => number;
  /** Answers `/jwks` with this status from now on. Default 200. */
  failWith: (status: number) => void;
  /** A new key, not yet published. */
  createKey: () => Promise<TestKey>;
  /** Signs with the newest published key, or with `key`. Claims given as `undefined` are left out. */
  sign: (claims: Partial<CredentialPayload> & Record<string, unknown>, key?: TestKey) => Promise<string>;
  [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Starts a {@link TestIssuer} on 127.0.0.1. For the tests of a vendor's backend: it needs no platform.
 *
 * @example
 * ```ts
 * await using platform = await startTestIssuer();
 * const credential = await platform.sign({ aud: clientId, nonce, email: 'jane@example.com' });
 * ```
 *
 * @param path Put behind the origin in the issuer identifier, e.g. `/sandbox`. Default none.
 */
export async function startTestIssuer(path = ''): Promise<TestIssuer> {
  const keys: TestKey[] = [];
  let requests = 0;
  let status = 200;

  const server = createServer((request, response) => {
    if (request.url !== `${path}/jwks`) return void response.writeHead(404).end();
    requests += 1;
    response.writeHead(status, { 'content-type': 'application/jwk-set+json' });
    response.end(JSON.stringify({ keys: keys.map((key) => key.publicJwk) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

  async function createKey(): Promise<TestKey> {
    const { privateKey, publicKey } = await generateKeyPair(CREDENTIAL_ALG);
    const kid = crypto.randomUUID();
    return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: CREDENTIAL_ALG, use: 'sig' } };
  }
  keys.push(await createKey());

  return {
    issuer,
    keys,
    jwksRequests: () => requests,
    failWith: (next) => {
      status = next;
    },
    createKey,
    async sign(claims, key = keys.at(-1)) {
      if (!key) throw new TypeError('no key is published to sign with');
      const nowSeconds = Math.floor(Date.now() / 1000);
      const payload = {
        iss: issuer,
        sub: 'user_7hQ2mXc9Lw',
        iat: nowSeconds,
        exp: nowSeconds + CREDENTIAL_LIFETIME_SECONDS,
        jti: crypto.randomUUID(),
        environment: 'localhost',
        is_new_user: true,
        ...claims,
      };
      return new SignJWT(payload)
        .setProtectedHeader({ alg: CREDENTIAL_ALG, typ: 'JWT', kid: key.kid })
        .sign(key.privateKey);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

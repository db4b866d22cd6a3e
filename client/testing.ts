import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IdTokenAlg } from '@signup-with-platform/protocol';
import { createTestKey, signCredential, type TestClaims, type TestKey } from './testing-support/test-keys.ts';

export { createTestIssuer, type InProcessIssuer } from './testing-support/create-test-issuer.ts';
export { signTestWebhook, type TestWebhook } from './testing-support/sign-test-webhook.ts';
export type { TestClaims, TestKey };

/** A platform for tests, with real keys and a real HTTP server on a free port. Its credentials pass {@link verifyCredential}. */
export interface TestIssuer {
  /** Pass it as `issuer`. */
  issuer: string;
  /** What `{issuer}/jwks` answers; change it to rotate. */
  keys: TestKey[];
  /** How often the keys were fetched. */
  jwksRequests: () => number;
  /** Answers `/jwks` with this status from now on. Default 200. */
  failWith: (status: number) => void;
  /** Makes a new key, which is not published yet. Default: for ES256. */
  createKey: (alg?: IdTokenAlg) => Promise<TestKey>;
  /** Signs with the newest published key, or with `key`. Claims with the value `undefined` are left out. */
  sign: (claims: TestClaims, key?: TestKey) => Promise<string>;
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
 * @param path follows the origin in the issuer identifier, e.g. `/sandbox`. Default: none
 */
export async function startTestIssuer(path = ''): Promise<TestIssuer> {
  const keys: TestKey[] = [];
  let requests = 0;
  let status = 200;

  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    if (request.url !== `${path}/jwks`) return void response.writeHead(404).end();
    requests += 1;
    response.writeHead(status, { 'content-type': 'application/jwk-set+json' });
    response.end(JSON.stringify({ keys: keys.map((key) => key.publicJwk) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

  keys.push(await createTestKey());

  return {
    issuer,
    keys,
    jwksRequests: () => requests,
    failWith: (next) => {
      status = next;
    },
    createKey: createTestKey,
    async sign(claims, key = keys.at(-1)) {
      if (!key) throw new TypeError('no key is published to sign with');
      return signCredential(issuer, claims, key);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

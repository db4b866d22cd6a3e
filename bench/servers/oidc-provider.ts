import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { endWithParent } from './with-parent.ts';

/**
 * oidc-provider as its package comes, with everything in memory, which makes it faster than a real deployment: that reads clients, sessions
 * and grants from a database, as the platform does. It signs with ES256. One client signs in machines, the other one people, by the
 * package's own development pages.
 */
const { privateKey } = await generateKeyPair('ES256', { extractable: true });
const jwk = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'bench' };
const server = createServer();
await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
const url = `http://localhost:${(server.address() as AddressInfo).port}`;
const audience = `${url}/1`;
const secret = {
  client_secret: process.env['BENCH_SECRET'] ?? '',
  id_token_signed_response_alg: 'ES256',
  token_endpoint_auth_method: 'client_secret_post',
} as const;
const provider = new Provider(url, {
  jwks: { keys: [jwk] as never },
  cookies: { keys: [crypto.randomUUID()] },
  clients: [
    { ...secret, client_id: 'machine', grant_types: ['client_credentials'], redirect_uris: [], response_types: [] },
    {
      ...secret,
      client_id: 'shop',
      grant_types: ['authorization_code'],
      redirect_uris: ['https://shop.example/callback'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'given_name', 'family_name'] },
  // The claims are in the ID token, as the platform's are in its credential.
  conformIdTokenClaims: false,
  findAccount: (_context, accountId) => ({
    accountId,
    claims: () => ({
      sub: accountId,
      email: 'bench@example.com',
      email_verified: true,
      name: 'Benjamin Chmark',
      given_name: 'Benjamin',
      family_name: 'Chmark',
    }),
  }),
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_context, client) => (client.clientId === 'machine' ? audience : []),
      getResourceServerInfo: () => ({ scope: 'users', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
});
server.on('request', provider.callback());
endWithParent();
console.log(url);

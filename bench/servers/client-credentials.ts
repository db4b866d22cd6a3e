import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

/**
 * oidc-provider's own client_credentials grant, with JWT access tokens signed with ES256. Its client is in memory, which makes it faster
 * than a real deployment, because that reads clients from a database, as the platform does for each login.
 */
const { privateKey } = await generateKeyPair('ES256', { extractable: true });
const jwk = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'bench' };
const server = createServer();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const audience = `${url}/1`;
const provider = new Provider(url, {
  jwks: { keys: [jwk] as never },
  clients: [
    {
      client_id: 'bench',
      client_secret: process.env['BENCH_SECRET'] ?? '',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => audience,
      getResourceServerInfo: () => ({ scope: 'users', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } }),
    },
  },
});
server.on('request', provider.callback());
console.log(url);
process.once('SIGTERM', () => process.exit(0));

import { SignJWT } from 'jose';
import { type ClientAuth, ClientSecretBasic, ClientSecretPost, None } from 'openid-client';
import type { AppleKey, UpstreamSettings } from '../../process/settings/upstreams.ts';

/** Apple's audience, whatever its endpoints are called. */
const APPLE = 'https://appleid.apple.com';
/** Longer than a configuration is used (upstream.ts). */
const APPLE_SECRET_LIFETIME_SECONDS = 3 * 60 * 60;

/** How this platform proves at an upstream who it is. */
export async function clientAuthentication({ clientId, clientSecret }: UpstreamSettings): Promise<ClientAuth> {
  if (clientSecret === undefined) return None();
  const secret = typeof clientSecret === 'string' ? clientSecret : await appleSecret(clientId, clientSecret);
  const [post, basic] = [ClientSecretPost(secret), ClientSecretBasic(secret)];
  return (server, ...request) => {
    // Servers that do not say so take Basic (OpenID Connect Discovery 1.0 section 3).
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (methods.includes('client_secret_post') ? post : basic)(server, ...request);
  };
}

/** What Apple calls a client secret: a statement about the client, signed by its key. */
function appleSecret(clientId: string, { teamId, keyId, key }: AppleKey): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(teamId)
    .setSubject(clientId)
    .setAudience(APPLE)
    .setIssuedAt()
    .setExpirationTime(`${APPLE_SECRET_LIFETIME_SECONDS}s`)
    .sign(key);
}

import type { Client, ClientMetadata } from 'oidc-provider';
import type { FieldCatalogue } from '../domain/claims/catalogue.ts';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';

/** Property of a raw request: the app whose popup it opens, which has been read already. */
export const ASKING_APP = Symbol('asking app');

/** Our own property of a client's metadata, which holds the app's environment. */
export const APP_PROPERTY = 'app';

/**
 * The metadata by which oidc-provider knows an environment. The redirect URIs include the origins, because the web-message response mode
 * names its target by `redirect_uri` too; `decideRedirectUris` in provider.ts keeps the two kinds apart.
 */
export function clientMetadata(
  app: AppEnvironment,
  catalogue: FieldCatalogue,
  { isPublic = false } = {},
): ClientMetadata {
  return {
    client_id: app.clientId,
    client_name: app.name,
    // The hash, not the secret: see `decideClientSecrets` in provider.ts.
    client_secret: app.clientSecretHash,
    token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
    redirect_uris: [...app.redirectUris, ...app.origins],
    application_type: app.kind,
    response_types: app.kind === 'native' ? ['code'] : ['code', 'id_token'],
    grant_types: ['authorization_code', 'refresh_token', ...(app.kind === 'native' ? [] : ['implicit'])],
    // Of a request that does not come by the popup: see id-token-alg.ts.
    id_token_signed_response_alg: app.idTokenAlg,
    subject_type: 'pairwise',
    // Required when the redirect URIs have several hosts (OpenID Connect Core 1.0 section 8.1). Our subjects are pairwise per client, so
    // the URI is only a name, and nothing is fetched from it.
    sector_identifier_uri: `https://${app.clientId.toLowerCase()}.invalid/`,
    scope: scopesFor(app, catalogue),
    [APP_PROPERTY]: app,
  };
}

/** RFC 8628 section 3.4. */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/**
 * Whether a client may have people sign in on a device. Without a proven address of its app's own, nothing tells them whose it is. It is not in the
 * metadata, where the engine asks for keys of such clients, to know which share their subjects: ours share none.
 */
export function usesDevices(client: Client): boolean {
  const { deviceFlow, origins, redirectUris } = appOf(client);
  return deviceFlow && origins.length + redirectUris.length > 0;
}

export function appOf(client: Client): AppEnvironment {
  return client[APP_PROPERTY] as AppEnvironment;
}

/** The scopes that an app may request: those with at least one registered field. Other fields of the scope are still left out. */
function scopesFor(app: AppEnvironment, catalogue: FieldCatalogue): string {
  const registered = registeredClaims(app, catalogue);
  const scopes = Object.entries(catalogue.scopes)
    .filter(([, claims]) => claims.some((claim) => registered.has(claim)))
    .map(([scope]) => scope);
  return ['openid', 'offline_access', ...scopes].join(' ');
}

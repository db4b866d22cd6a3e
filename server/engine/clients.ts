import { CLAIMS_OF_SCOPE, CREDENTIAL_ALG } from '@signup-with-platform/protocol';
import type { Client, ClientMetadata } from 'oidc-provider';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';

/** Our property of a client's metadata: the app's environment that it stands for. */
export const APP_PROPERTY = 'app';

/**
 * An environment as oidc-provider sees it. Origins are among the redirect URIs, because the web-message response mode has nothing
 * else to name its target by; `keepTargetsApart` in provider.ts keeps the two kinds apart.
 */
export function clientMetadata(app: AppEnvironment, { isPublic = false } = {}): ClientMetadata {
  return {
    client_id: app.clientId,
    client_name: app.name,
    // The hash, not the secret: see compareClientSecret in provider.ts.
    client_secret: app.clientSecretHash,
    token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
    redirect_uris: [...app.redirectUris, ...app.origins],
    response_types: ['code', 'id_token'],
    grant_types: ['authorization_code', 'refresh_token', 'implicit'],
    id_token_signed_response_alg: CREDENTIAL_ALG,
    subject_type: 'pairwise',
    // OpenID Connect Core 1.0 section 8.1 asks for it when there are several hosts. Our subjects are pairwise per client anyway, so
    // it is only a name, and nothing is fetched from it.
    sector_identifier_uri: `https://${app.clientId.toLowerCase()}.invalid/`,
    scope: scopesFor(app),
    [APP_PROPERTY]: app,
  };
}

export function appOf(client: Client): AppEnvironment {
  return client[APP_PROPERTY] as AppEnvironment;
}

/** A scope may be asked for when the app registered at least one field of it; fields it did not register stay out all the same. */
function scopesFor(app: AppEnvironment): string {
  const registered = registeredClaims(app);
  const scopes = Object.entries(CLAIMS_OF_SCOPE)
    .filter(([, claims]) => claims.some((claim) => registered.has(claim)))
    .map(([scope]) => scope);
  return ['openid', 'offline_access', ...scopes].join(' ');
}

import { LANGUAGES } from '@signup-with-platform/messages';
import type { interactionPolicy } from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import type { Middleware } from './middleware.ts';
import { LOGOUT_ROUTE } from './provider-routes.ts';
import { RESPONSE_MODES } from './request-checks.ts';

/** The engine's own two paths, below the issuer. They answer the same. */
export const DISCOVERY_ROUTES = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
] as const;

/**
 * Where clients look for a discovery document besides. For an issuer with a path, OpenID Connect appends the well-known part and RFC 8414
 * section 3.1 puts it between host and path, and there are clients that do the one with the name of the other (section 5).
 * @returns for each address the engine's path that answers it
 */
export function insertedDiscoveryRoutes({ prefix }: Pick<RealmContext, 'prefix'>): [url: string, path: string][] {
  return prefix === '' ? [] : DISCOVERY_ROUTES.map((path) => [path + prefix, path]);
}

/** What discovery says besides what the engine knows (OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2). */
export function discoveryMetadata(
  {
    config,
    issuer,
    clientAuthMethods,
  }: Pick<RealmContext, 'config' | 'issuer'> & { clientAuthMethods: readonly string[] },
  policy: interactionPolicy.DefaultPolicy,
) {
  const { publicUrl, brand } = config;
  return {
    request_parameter_supported: false,
    require_pushed_authorization_requests: false,
    revocation_endpoint_auth_methods_supported: [...clientAuthMethods],
    // OpenID Connect Prompt Create 1.0 section 4.2.
    prompt_values_supported: ['none', ...policy.filter(({ requestable }) => requestable).map(({ name }) => name)],
    ui_locales_supported: LANGUAGES.map(({ tag }) => tag),
    // Signing out is ours (delivery/popup/logout/, outbox/logouts.ts), because a session ends in many places besides the engine.
    end_session_endpoint: `${issuer}${LOGOUT_ROUTE}`,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    service_documentation: `${publicUrl}/docs`,
    op_policy_uri: brand.privacyUrl,
    op_tos_uri: brand.termsUrl,
  };
}

/** Corrects what the engine says of itself and no setting changes. */
export const correctDiscovery: Middleware = async (ctx, next) => {
  await next();
  const { body } = ctx as { body?: { response_modes_supported?: readonly string[] } | undefined };
  if (body?.response_modes_supported) body.response_modes_supported = RESPONSE_MODES;
};

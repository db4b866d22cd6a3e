import { CODE_LIFETIME_SECONDS, FORM_POST, ID_TOKEN_ALGS, WEB_MESSAGE } from '@signup-with-platform/protocol';
import type { JWK } from 'jose';
import type { Configuration, default as Provider } from 'oidc-provider';
import { isOfPlatform } from '../domain/apps/addresses.ts';
import { clientSecretMatches } from '../domain/apps/secrets.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { ACR_VALUES, acrFor } from './acr.ts';
import { createAdapter } from './adapter.ts';
import { answerOnce } from './answer-once.ts';
import { APP_PROPERTY, appOf, DEVICE_GRANT, usesDevices } from './clients.ts';
import { assertNoUserCode, tellInterval, USER_CODE_PARAMETER } from './device-codes.ts';
import { deviceFlow } from './device-flow.ts';
import { correctDiscovery, discoveryMetadata } from './discovery.ts';
import {
  allowGrant,
  currentRequest,
  decideAcr,
  decideClientSecrets,
  decideRedirectUris,
  engineWithResponseModes,
  grantFrom,
  waiveClientRules,
} from './engine-internals.ts';
import { noteTokenCalls } from './event-notes.ts';
import { answerInFragment, answerInQuery } from './exact-redirect.ts';
import { assertFedcmTicket } from './fedcm-ticket.ts';
import { findAccount, subjectOf } from './find-account.ts';
import type { EngineHooks } from './hooks.ts';
import { assertIdTokenAlg, decideIdTokenAlgs, ID_TOKEN_ALG_PARAMETER } from './id-token-alg.ts';
import { markStoredInteractions } from './interaction-limit.ts';
import { createInteractionPolicy } from './interaction-policy.ts';
import { bindInteractions } from './interactions.ts';
import {
  DAY_SECONDS,
  DEVICE_CODE_LIFETIME_SECONDS,
  HOUR_SECONDS,
  INTERACTION_LIFETIME_SECONDS,
  SESSION_LIFETIME_SECONDS,
} from './lifetimes.ts';
import { limitSecrets } from './limit-secrets.ts';
import { announceLoginOfEngine } from './login-status.ts';
import { leaveEmptyUntyped, renderFirstPageInPlace, showWhereItLeads } from './middleware.ts';
import { assertNativeRequest, isNative, mayRedirectTo, noteWhoReceives } from './native-app.ts';
import { keepOfflineAccess, tellGivenScope } from './offline-access.ts';
import { answerWhenOutOfReach } from './out-of-reach.ts';
import { requiresChallenge } from './pkce.ts';
import { PROVIDER_ROUTES } from './provider-routes.ts';
import { useRequestUriOnce } from './pushed-requests.ts';
import {
  assertMayAskSilently,
  assertNamesNoTypeTwice,
  assertRegisteredClaims,
  assertRelayRegistered,
  assertTargetFitsMode,
} from './request-checks.ts';
import { refuseAsRequestObjectSays } from './request-objects.ts';
import { tellSessions } from './told-clients.ts';

const CLIENT_AUTH_METHODS = ['client_secret_basic', 'client_secret_post', 'none'] as const;

/**
 * Creates the protocol engine of one realm: oidc-provider, configured as RFC 9700 recommends.
 * @param keys private JWKs; of each algorithm, the one that signs first
 * @param hooks render what people see
 */
export async function createProvider(
  context: RealmContext,
  keys: readonly JWK[],
  hooks: EngineHooks,
): Promise<Provider> {
  const { rows, issuer } = context;
  const { publicUrl } = context.config;
  const policy = createInteractionPolicy(context);
  const EngineProvider = engineWithResponseModes({
    query: answerInQuery,
    fragment: answerInFragment,
    [FORM_POST]: hooks.post,
  });
  const provider = new EngineProvider(issuer, {
    adapter: createAdapter(context),
    jwks: { keys: [...keys] } as NonNullable<Configuration['jwks']>,
    routes: PROVIDER_ROUTES,
    scopes: ['openid', 'offline_access'],
    claims: {
      // The claims of every credential, besides those that the person agreed to.
      openid: ['sub', 'jti', 'environment', 'is_new_user'],
      ...Object.fromEntries(Object.entries(context.fields.scopes).map(([scope, claims]) => [scope, [...claims]])),
    },
    // The ID token carries the claims with every response type, so that a backend that redeems a code needs no second call.
    conformIdTokenClaims: false,
    responseTypes: ['code', 'id_token'],
    subjectTypes: ['pairwise'],
    acrValues: ACR_VALUES,
    enabledJWA: { idTokenSigningAlgValues: [...ID_TOKEN_ALGS] },
    clientAuthMethods: [...CLIENT_AUTH_METHODS],
    discovery: discoveryMetadata({ ...context, clientAuthMethods: CLIENT_AUTH_METHODS }, policy),
    // A native app may be a web view with any origin. No cookie goes with what it sends, and its tokens are its own.
    clientBasedCORS: (_ctx, origin, client) => isNative(client) || appOf(client).origins.includes(origin),
    pkce: { required: requiresChallenge },
    // Pages get no refresh token, because a script injected into a page could steal it (RFC 9700 section 4.14). They sign in again.
    issueRefreshToken: async (_ctx, client, source) =>
      (client.clientAuthMethod !== 'none' || isNative(client)) && source.scopes.has('offline_access'),
    extraClientMetadata: { properties: [APP_PROPERTY] },
    extraParams: {
      theme: null,
      relay_uri: (_ctx, uri, client) => assertRelayRegistered(uri, client, publicUrl),
      [ID_TOKEN_ALG_PARAMETER]: assertIdTokenAlg,
      response_mode_target: (ctx) => {
        assertNamesNoTypeTwice(ctx);
        assertTargetFitsMode(ctx);
        assertMayAskSilently(ctx, publicUrl);
      },
      native: assertNativeRequest,
      offline: keepOfflineAccess,
      [USER_CODE_PARAMETER]: assertNoUserCode,
      fedcm: (ctx, ticket) => assertFedcmTicket(context, ctx, ticket),
    },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: deviceFlow(hooks),
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: true },
      dPoP: { enabled: false },
      // A token of another client is answered like an unknown one (RFC 7009 section 2.2).
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      claimsParameter: {
        enabled: true,
        assertClaimsParameter: (_ctx, claims, client) => assertRegisteredClaims(context.fields, claims, client),
      },
    },
    interactions: {
      policy,
      url: (_ctx, interaction) => `${context.prefix}/interaction/${interaction.uid}`,
    },
    cookies: {
      keys: [context.cookieKey],
      names: cookieNames(context),
      long: { httpOnly: true, sameSite: 'lax', signed: true, path: '/' },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl: {
      Session: SESSION_LIFETIME_SECONDS,
      Interaction: INTERACTION_LIFETIME_SECONDS,
      AuthorizationCode: CODE_LIFETIME_SECONDS,
      DeviceCode: DEVICE_CODE_LIFETIME_SECONDS,
      IdToken: (_ctx, _token, client) => appOf(client).credentialLifetimeSeconds,
      AccessToken: HOUR_SECONDS,
      RefreshToken: 14 * DAY_SECONDS,
      // Consent lasts until it is withdrawn.
      Grant: 100 * 365 * DAY_SECONDS,
    },
    clockTolerance: 10,
    // A replayed code revokes the tokens that were issued for it, but not the person's consent.
    revokeGrantPolicy: () => false,
    loadExistingGrant: async ({ oidc }) => {
      const { client, account } = oidc;
      if (!client || !account) return undefined;
      const grant = await rows.grants.findFor(client.clientId, account.accountId);
      return grant && grantFrom(provider, grant.payload);
    },
    findAccount: (ctx, id, source) => findAccount(context, ctx, id, source),
    sectorIdentifierUriValidate: () => false,
    pairwiseIdentifier: (ctx, accountId, client) => subjectOf(context, ctx, { accountId, clientId: client.clientId }),
    renderError: hooks.renderError,
  });

  // Safe, because mount.ts overwrites the X-Forwarded-* headers of the network with those of PUBLIC_URL.
  provider.proxy = true;
  provider.registerResponseMode(WEB_MESSAGE, hooks.deliver);
  provider.use(answerWhenOutOfReach(provider, hooks.renderError));
  provider.use(answerOnce(context, provider));
  provider.use(markStoredInteractions);
  bindInteractions(context, provider);
  decideIdTokenAlgs(provider);
  decideAcr(provider, acrFor);
  provider.use(refuseAsRequestObjectSays);
  noteWhoReceives(provider);
  provider.use(renderFirstPageInPlace(hooks));
  provider.use(showWhereItLeads(publicUrl, hooks.leave));
  provider.use(useRequestUriOnce);
  provider.use(tellInterval);
  provider.use(correctDiscovery);
  provider.use(leaveEmptyUntyped);
  provider.use(tellGivenScope);
  provider.use(limitSecrets(context));
  provider.use(noteTokenCalls(context));
  provider.use(tellSessions(provider, context));
  provider.use(announceLoginOfEngine(context, SESSION_LIFETIME_SECONDS));
  // Origins and redirect URIs are separate lists: a message goes only to an origin, a redirect only to a redirect URI.
  decideRedirectUris(provider, (client, uri) => {
    const app = appOf(client);
    // Nobody can register one of ours, but earlier versions let them.
    if (isOfPlatform(uri, publicUrl)) return false;
    const byMessage = currentRequest()?.oidc.params?.['response_mode'] === WEB_MESSAGE;
    return byMessage && app.kind !== 'native' ? app.origins.includes(uri) : mayRedirectTo(app, uri);
  });
  decideClientSecrets(provider, (client, secret) => clientSecretMatches(appOf(client), secret));
  allowGrant(provider, DEVICE_GRANT, usesDevices);
  // These rules are checked when an origin is registered (domain/apps/origins.ts), which allows http for loopback only.
  waiveClientRules(provider, ['implicit-force-https', 'implicit-forbid-localhost']);
  return provider;
}

/** `__Host-` binds the session cookie to exactly this host, and requires https (RFC 6265bis). The others are never sent (interactions.ts). */
function cookieNames({ realm, issuer }: RealmContext): { session: string; interaction: string; resume: string } {
  const host = issuer.startsWith('https:') ? '__Host-' : '';
  return { session: `${host}${realm}-session`, interaction: `${realm}-interaction`, resume: `${realm}-resume` };
}

import { CLAIMS, CREDENTIAL_LIFETIME_SECONDS, isClaim } from '@signup-with-platform/protocol';
import type { JWK } from 'jose';
import Provider, {
  type Account,
  type Client,
  type Configuration,
  errors,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { assertContinuation } from '../delivery/fedcm/continuation.ts';
import { deliverAuthorizationResponse, renderProtocolError } from '../delivery/popup/deliver.ts';
import { interactionPage } from '../delivery/popup/interaction-page.ts';
import { WEB_MESSAGE } from '../delivery/popup/web-message.ts';
import { clientSecretMatches } from '../domain/apps/secrets.ts';
import { accountClaims, CLAIMS_OF_SCOPE, claimsOfScope } from '../domain/claims/claims.ts';
import { fieldsOf } from '../domain/disclosures/disclosure-recorder.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { writePage } from '../pages/write-page.ts';
import { randomId } from '../storage/ids.ts';
import type { User } from '../storage/users.ts';
import { createAdapter } from './adapter.ts';
import { APP_PROPERTY, appOf, registeredClaims } from './clients.ts';
import { noteTokenCalls } from './event-notes.ts';
import { ACCOUNT_PROPERTY, createInteractionPolicy } from './interaction-policy.ts';
import { announceLoginOfEngine } from './login-status.ts';
import { FIRST_PAGE_IN_PLACE, PROVIDER_ROUTES } from './provider-routes.ts';

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 60 * MINUTE_SECONDS;
const DAY_SECONDS = 24 * HOUR_SECONDS;
/** Since it was last used. */
export const SESSION_LIFETIME_SECONDS = 14 * DAY_SECONDS;

/** How a response may travel. The engine knows more; its form_post page would need a script that our policy forbids. */
const RESPONSE_MODES = ['query', 'fragment', WEB_MESSAGE];

/**
 * The protocol engine of one realm: oidc-provider, set as RFC 9700 asks.
 * @param keys private JWKs, the one that signs first
 */
export async function createProvider(context: RealmContext, keys: readonly JWK[]): Promise<Provider> {
  const { rows, issuer } = context;
  const provider = new Provider(issuer, {
    adapter: createAdapter(context.storage, rows),
    jwks: { keys: [...keys] } as NonNullable<Configuration['jwks']>,
    routes: PROVIDER_ROUTES,
    scopes: ['openid', 'offline_access'],
    claims: {
      // What every credential says, besides what was agreed to.
      openid: ['sub', 'jti', 'environment', 'is_new_user'],
      ...Object.fromEntries(Object.entries(CLAIMS_OF_SCOPE).map(([scope, claims]) => [scope, [...claims]])),
    },
    // The credential carries the claims whatever the response type: a backend that redeems a code needs no second call.
    conformIdTokenClaims: false,
    responseTypes: ['id_token', 'code'],
    subjectTypes: ['pairwise'],
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientBasedCORS: (_ctx, origin, client) => appOf(client).origins.includes(origin),
    pkce: { required: () => true },
    // Whoever gets a script into a page gets what the page has: a page asks the person again instead (RFC 9700 section 4.14).
    issueRefreshToken: async (_ctx, client, source) =>
      client.clientAuthMethod !== 'none' && source.scopes.has('offline_access'),
    extraClientMetadata: { properties: [APP_PROPERTY] },
    extraParams: {
      theme: null,
      relay_uri: assertRelayRegistered,
      response_mode_target: assertTargetFitsMode,
      fedcm: (ctx, ticket) => assertContinuation(context, ctx, ticket),
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      // Somebody else's token is answered like an unknown one (RFC 7009 section 2.2).
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      claimsParameter: { enabled: true, assertClaimsParameter: assertRegisteredClaims },
    },
    interactions: {
      policy: createInteractionPolicy(),
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
      Interaction: HOUR_SECONDS,
      AuthorizationCode: MINUTE_SECONDS,
      IdToken: CREDENTIAL_LIFETIME_SECONDS,
      AccessToken: HOUR_SECONDS,
      RefreshToken: 14 * DAY_SECONDS,
      // Consent lives until it is withdrawn.
      Grant: 100 * 365 * DAY_SECONDS,
    },
    clockTolerance: 10,
    // A replayed code kills the tokens that came of it, not the person's consent.
    revokeGrantPolicy: () => false,
    loadExistingGrant: async ({ oidc }) => {
      const { client, account } = oidc;
      if (!client || !account) return undefined;
      const grant = await rows.grants.findFor(client.clientId, account.accountId);
      return grant && provider.Grant.find(grant.id);
    },
    findAccount: (ctx, id) => findAccount(context, ctx, id),
    sectorIdentifierUriValidate: () => false,
    pairwiseIdentifier: async (_ctx, accountId, client) =>
      // Before consent there is no user, and nothing may compare equal to one.
      (await rows.users.findByAccount(client.clientId, accountId))?.id ?? randomId(),
    renderError: (ctx, out, error) => renderProtocolError(context, ctx, out, error),
  });

  // X-Forwarded-* are set by us from PUBLIC_URL (mount.ts); what the network sent has been overwritten.
  provider.proxy = true;
  provider.registerResponseMode(WEB_MESSAGE, (ctx, redirectUri, response) =>
    deliverAuthorizationResponse(context, ctx, redirectUri, response),
  );
  provider.use(renderFirstPageInPlace(context));
  provider.use(announceResponseModes);
  provider.use(leaveEmptyUntyped);
  provider.use(noteTokenCalls(context));
  provider.use(announceLoginOfEngine(context, SESSION_LIFETIME_SECONDS));
  keepTargetsApart(provider);
  storeSecretsAsHashes(provider);
  allowHttpForDevelopers(provider);
  return provider;
}

/** `__Host-` binds the session to this very host (RFC 6265bis); it needs https. Interaction cookies are bound to their path. */
function cookieNames({ realm, issuer }: RealmContext): { session: string; interaction: string; resume: string } {
  const host = issuer.startsWith('https:') ? '__Host-' : '';
  return { session: `${host}${realm}-session`, interaction: `${realm}-interaction`, resume: `${realm}-resume` };
}

/** An account that is about to be deleted shares nothing any more: it can only be kept, at the portal. */
export async function findAccount(
  { rows, disclosures }: RealmContext,
  ctx: KoaContextWithOIDC,
  id: string,
): Promise<Account | undefined> {
  const account = await rows.accounts.find(id);
  if (!account || account.blocked || account.deletionDueAt) return undefined;
  return {
    accountId: id,
    [ACCOUNT_PROPERTY]: account,
    claims: async (use, scope, asked, declined) => {
      const { client } = ctx.oidc;
      if (!client) throw new Error('claims are asked for on behalf of a client');
      const app = appOf(client);
      const registered = registeredClaims(app);
      const claims = Object.fromEntries(
        Object.entries(accountClaims(account)).filter(([claim]) => isClaim(claim) && registered.has(claim)),
      );
      const user = await rows.users.findByAccount(client.clientId, id);
      const told = toldClaims(claims, scope, asked, declined);
      if (use !== 'id_token') {
        if (user) disclosures.read(user.id, fieldsOf(told));
        return { sub: id, ...claims };
      }
      if (user) disclosures.received(user.id, fieldsOf(told));
      const isNewUser = user?.isNew ? await rows.users.markFirstCredential(user.id) : isRepeated(ctx, user);
      return { sub: id, ...claims, jti: randomId(), environment: app.environment, is_new_user: isNewUser };
    },
  };
}

/** Longer than a browser needs to go from the popup's last page to the page at the redirect URI and back. */
const RELAY_TIME_MS = 60_000;

/** Whether a page gets by a code what the popup could not post to it a moment ago (delivery/popup/relay.ts): to the vendor it is the first. */
function isRepeated({ oidc }: KoaContextWithOIDC, user: User | undefined): boolean {
  if (oidc.route !== 'token' || oidc.client?.clientAuthMethod !== 'none' || !user?.firstCredentialAt) return false;
  return Date.now() - user.firstCredentialAt.getTime() < RELAY_TIME_MS;
}

/** Of what an account could tell, the claims that the engine will put in: it picks them by the same rule (its lib/helpers/claims.js). */
function toldClaims(available: object, scope: string, asked: object, declined: readonly string[]): string[] {
  const wanted = new Set<string>([...scope.split(' ').flatMap(claimsOfScope), ...Object.keys(asked)]);
  return Object.keys(available).filter((claim) => wanted.has(claim) && !declined.includes(claim));
}

/** An app may ask for what it registered, one claim at a time. */
function assertRegisteredClaims(_ctx: unknown, claims: object, client: Parameters<typeof appOf>[0]): void {
  const registered = registeredClaims(appOf(client));
  for (const target of Object.values(claims) as object[]) {
    for (const claim of Object.keys(target)) {
      if ((CLAIMS as readonly string[]).includes(claim) && !registered.has(claim as (typeof CLAIMS)[number])) {
        throw new errors.InvalidRequest(`the app has not registered the field of claim '${claim}'`);
      }
    }
  }
}

/** A credential travels by message only; by redirect there is a code. */
function assertTargetFitsMode(ctx: KoaContextWithOIDC): void {
  const { params } = ctx.oidc;
  if (!params) return;
  const mode = params['response_mode'];
  if (typeof mode === 'string' && !RESPONSE_MODES.includes(mode)) {
    // The error cannot be delivered by a mode that we do not offer.
    params['response_mode'] = undefined;
    throw new errors.UnsupportedResponseMode();
  }
  if (mode !== WEB_MESSAGE && params['response_type'] !== 'code') {
    throw new errors.InvalidRequest('a redirect carries a code; use response_type=code');
  }
}

/** Where a response may go instead of being posted is one of the app's redirect URIs, exactly. */
function assertRelayRegistered(_ctx: unknown, value: string | undefined, client: Client): void {
  if (value !== undefined && !appOf(client).redirectUris.includes(value))
    throw new errors.InvalidRequest('relay_uri is not registered');
}

/** Answers the popup's first request with the page itself instead of a redirect to it: one round trip until the first paint. */
function renderFirstPageInPlace(context: RealmContext): Parameters<Provider['use']>[0] {
  return async (ctx, next) => {
    await next();
    const interaction = (ctx as KoaContextWithOIDC).oidc?.entities.Interaction;
    if (!(FIRST_PAGE_IN_PLACE in ctx.req) || ctx.status !== 303 || !interaction) return;
    ctx.remove('location');
    ctx.status = 200;
    await writePage(ctx, await interactionPage(context, interaction, ctx.get('accept-language')));
  };
}

/** The engine's own list cannot be set: it names what we refuse, and not what we added. */
const announceResponseModes: Parameters<Provider['use']>[0] = async (ctx, next) => {
  await next();
  const { body } = ctx as { body?: { response_modes_supported?: readonly string[] } | undefined };
  if (body?.response_modes_supported) body.response_modes_supported = RESPONSE_MODES;
};

/** The engine calls the nothing that a revocation answers `text/plain`, and oidc-client-ts takes JSON or nothing. */
const leaveEmptyUntyped: Parameters<Provider['use']>[0] = async (ctx, next) => {
  await next();
  if ((ctx as { body?: unknown }).body === '') ctx.remove('content-type');
};

/**
 * Origins and redirect URIs are registered apart and used apart: a message goes to an origin, a redirect to a redirect URI. It is said
 * where the engine asks which addresses a client has, because what it asks for may be where to send an error.
 */
function keepTargetsApart(provider: Provider): void {
  const prototype = provider.Client.prototype as { redirectUriAllowed?: (this: Client, uri: string) => boolean };
  prototype.redirectUriAllowed = function redirectUriAllowed(uri) {
    const { origins, redirectUris } = appOf(this);
    const byMessage = Provider.ctx?.oidc.params?.['response_mode'] === WEB_MESSAGE;
    return (byMessage ? origins : redirectUris).includes(uri);
  };
}

function storeSecretsAsHashes(provider: Provider): void {
  const prototype = provider.Client.prototype as { compareClientSecret?: (this: Client, secret: string) => boolean };
  prototype.compareClientSecret = function compareClientSecret(secret) {
    return clientSecretMatches(appOf(this), secret);
  };
}

/**
 * The engine refuses http and localhost for clients with `id_token`. Which origins an app may have is decided where they are
 * registered (domain/apps/origins.ts): http for loopback only.
 */
function allowHttpForDevelopers(provider: Provider): void {
  const { prototype } = (
    provider.Client as unknown as { Schema: { prototype: { invalidate(message: string, code?: string): void } } }
  ).Schema;
  const { invalidate } = prototype;
  prototype.invalidate = function invalidateUnlessLoopback(message, code) {
    if (code === 'implicit-force-https' || code === 'implicit-forbid-localhost') return;
    invalidate.call(this, message, code);
  };
}

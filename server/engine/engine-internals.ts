import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { type Client, type KoaContextWithOIDC } from 'oidc-provider';

/**
 * Everything of oidc-provider that its package does not document or export, in one place: an upgrade that changes any of it fails
 * engine-internals.test.ts, and needs a change here and nowhere else.
 */

export type EngineSession = InstanceType<Provider['Session']>;
export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;
type CookieJar = ReturnType<Provider['createContext']>['cookies'];

/** The request that the engine is answering now; undefined outside of one (its lib/helpers/als.js). */
export function currentRequest(): KoaContextWithOIDC | undefined {
  return Provider.ctx;
}

/** What the engine has found out about a request so far; empty where it has not begun to. */
export function foundSoFar(ctx: object): Partial<KoaContextWithOIDC['oidc']> {
  return (ctx as Partial<KoaContextWithOIDC>).oidc ?? {};
}

/** Decides where a client may have a response sent, errors included (its lib/models/client.js). */
export function decideRedirectUris(provider: Provider, isAllowed: (client: Client, uri: string) => boolean): void {
  const prototype = provider.Client.prototype as { redirectUriAllowed?: (this: Client, uri: string) => boolean };
  prototype.redirectUriAllowed = function redirectUriAllowed(uri) {
    return isAllowed(this, uri);
  };
}

/** Decides whether a secret is the client's (its lib/models/client.js). */
export function decideClientSecrets(provider: Provider, matches: (client: Client, secret: string) => boolean): void {
  const prototype = provider.Client.prototype as { compareClientSecret?: (this: Client, secret: string) => boolean };
  prototype.compareClientSecret = function compareClientSecret(secret) {
    return matches(this, secret);
  };
}

/** Rules for a client's metadata that the engine cannot be told to leave out (its lib/helpers/client_schema.js). */
export type ClientRule = 'implicit-force-https' | 'implicit-forbid-localhost';

export function waiveClientRules(provider: Provider, rules: readonly ClientRule[]): void {
  const { prototype } = (
    provider.Client as unknown as { Schema: { prototype: { invalidate(message: string, code?: string): void } } }
  ).Schema;
  const { invalidate } = prototype;
  const waived: ReadonlySet<string | undefined> = new Set(rules);
  prototype.invalidate = function invalidateUnlessWaived(message, code) {
    if (!waived.has(code)) invalidate.call(this, message, code);
  };
}

/** The session that a browser has, outside of a request of the engine's own; a new one when it has none. */
export function loadSession(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<EngineSession> {
  return provider.Session.get(provider.createContext(request, response) as never);
}

/** Whether a session was ended while its request was answered (its lib/models/session.js). */
export function isEnded(session: object): boolean {
  return (session as { destroyed?: boolean }).destroyed === true;
}

/** The engine's cookies. @param secure whether the connection is encrypted: behind a proxy, they cannot see it themselves */
export function cookiesOf(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  secure: boolean,
): CookieJar {
  const { cookies } = provider.createContext(request, response);
  return Object.assign(cookies, { secure });
}

/** Takes the session out of an interaction: whoever signs in next does not go on in it (its lib/models/interaction.js). */
export async function forgetSession(interaction: Interaction): Promise<void> {
  if (!interaction.session) return;
  delete (interaction as { session?: unknown }).session;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

/**
 * A context as the engine makes one for a request to its authorization endpoint, for what is issued without one
 * (its lib/shared/context_ensure_oidc.js).
 */
export function createAuthorizationContext(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  params: Record<string, unknown>,
): KoaContextWithOIDC {
  const ctx = provider.createContext(request, response) as unknown as KoaContextWithOIDC;
  ctx.oidc = new provider.OIDCContext(ctx);
  Object.assign(ctx.oidc, { params });
  return ctx;
}

/** The interaction that a request's cookie names, whether it is under way or over; undefined without a cookie of ours. */
export function interactionCookie(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): string | undefined {
  return provider.createContext(request, response).cookies.get(provider.cookieName('interaction'));
}

export interface IdTokenContent {
  readonly subject: string;
  readonly nonce: string;
  readonly claims: Record<string, unknown>;
  /** The claims that were asked for one by one and granted, as the `claims` parameter has them. */
  readonly mask: Record<string, null>;
  readonly rejected: readonly string[];
}

/** Signs an ID token as the engine's authorization endpoint does (its lib/helpers/process_response_types.js). */
export async function signIdToken(
  provider: Provider,
  ctx: KoaContextWithOIDC,
  { subject, nonce, claims, mask, rejected }: IdTokenContent,
): Promise<string> {
  const token = new provider.IdToken({ ...claims, sub: subject }, { ctx });
  Object.assign(token, { scope: 'openid', mask, rejected });
  token.set('nonce', nonce);
  return token.issue({ use: 'idtoken' });
}

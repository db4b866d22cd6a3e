import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import Provider, { type Adapter, type Client, type KoaContextWithOIDC } from 'oidc-provider';

/**
 * The only file that uses parts of oidc-provider that the package does not document or export. An upgrade that changes one of them fails
 * engine-internals.test.ts, and needs a change only here.
 */

export type EngineSession = InstanceType<Provider['Session']>;
export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>> & {
  /** The hash of the browser that it began in (interactions.ts). */
  browser?: string;
};
type CookieJar = ReturnType<Provider['createContext']>['cookies'];

type ResponseMode = Parameters<Provider['registerResponseMode']>[1];

/**
 * The engine with other handlers for response modes that it has already, which `registerResponseMode` leaves as they are. Its constructor
 * registers each of its own by that method (its lib/helpers/initialize_app.js).
 */
export function engineWithResponseModes(handlers: Readonly<Record<string, ResponseMode>>) {
  return class extends Provider {
    override registerResponseMode(name: string, own: ResponseMode): void {
      super.registerResponseMode(name, handlers[name] ?? own);
    }
  };
}

/** The request that the engine is answering; undefined outside a request (its lib/helpers/als.js). */
export function currentRequest(): KoaContextWithOIDC | undefined {
  return Provider.ctx;
}

/**
 * Hands over a body that has been read, or why it could not be read. The engine asks a stream that is readable for an iterator (its
 * lib/shared/selective_body.js).
 */
export function giveBody(request: IncomingMessage, body: Uint8Array | Error): void {
  const iterator = () => {
    if (body instanceof Error) throw body;
    return [body];
  };
  Object.defineProperties(request, { readable: { value: true }, iterator: { value: iterator } });
}

/** What the engine has found out about a request so far: client, session, parameters. Empty before it has begun. */
export function foundSoFar(ctx: object): Partial<KoaContextWithOIDC['oidc']> {
  return (ctx as Partial<KoaContextWithOIDC>).oidc ?? {};
}

/** Replaces the check of redirect URIs, for responses and errors (its lib/models/client.js). */
export function decideRedirectUris(provider: Provider, isAllowed: (client: Client, uri: string) => boolean): void {
  const prototype = provider.Client.prototype as { redirectUriAllowed?: (this: Client, uri: string) => boolean };
  prototype.redirectUriAllowed = function redirectUriAllowed(uri) {
    return isAllowed(this, uri);
  };
}

/** Replaces what the engine says of how surely somebody proved who they are, which is the session's (its lib/helpers/oidc_context.js). */
export function decideAcr(provider: Provider, acrOf: (oidc: KoaContextWithOIDC['oidc']) => string | undefined): void {
  Object.defineProperty(provider.OIDCContext.prototype, 'acr', {
    configurable: true,
    get(this: KoaContextWithOIDC['oidc']) {
      return acrOf(this);
    },
  });
}

/** Replaces the check of client secrets (its lib/models/client.js). */
export function decideClientSecrets(provider: Provider, matches: (client: Client, secret: string) => boolean): void {
  const prototype = provider.Client.prototype as { compareClientSecret?: (this: Client, secret: string) => boolean };
  prototype.compareClientSecret = function compareClientSecret(secret) {
    return matches(this, secret);
  };
}

/** Allows clients a grant that their metadata does not name (its lib/models/client.js). */
export function allowGrant(provider: Provider, grant: string, isAllowed: (client: Client) => boolean): void {
  const prototype = provider.Client.prototype as { grantTypeAllowed(this: Client, type: string): boolean };
  const { grantTypeAllowed } = prototype;
  prototype.grantTypeAllowed = function grantTypeAllowedOrGiven(type) {
    return type === grant ? isAllowed(this) : grantTypeAllowed.call(this, type);
  };
}

/** Rules for client metadata that no setting of the engine turns off (its lib/helpers/client_schema.js). */
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

/**
 * A parameter as the client sent it: by its address, its form, or beforehand (RFC 9126). The engine has changed its own copy by the time that
 * extra parameters are checked (its lib/actions/authorization/scopes.js, response_parameters.js and
 * lib/models/pushed_authorization_request.js).
 */
export function sentParameter(
  { method, query, oidc }: KoaContextWithOIDC,
  name: 'scope' | 'response_type',
): string | undefined {
  const pushed = oidc.entities.PushedAuthorizationRequest as { request: string } | undefined;
  const { [name]: value } = pushed ? decodeJwt(pushed.request) : ((method === 'POST' ? oidc.body : query) ?? {});
  return typeof value === 'string' ? value : undefined;
}

/** Loads a browser's session outside a request to the engine; a new session when the browser has none. */
export function loadSession(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<EngineSession> {
  return provider.Session.get(provider.createContext(request, response) as never);
}

/** Saves a session through another adapter than the engine's own, such as a transaction's (its lib/models/base_model.js). */
export async function saveSession(
  session: EngineSession,
  adapter: Pick<Adapter, 'upsert' | 'destroy'>,
  lifetimeSeconds: number,
): Promise<void> {
  // The class's own is read by a getter of this name.
  Object.defineProperty(session, 'adapter', { value: adapter, configurable: true });
  try {
    await session.save(lifetimeSeconds);
  } finally {
    Reflect.deleteProperty(session, 'adapter');
  }
}

/**
 * Keeps a request from storing the session that it found or made. With an error of the device flow, the engine writes a token for a form of its
 * own into it (its lib/shared/error_handler.js), which would be a row for whoever makes an error.
 */
export function spareSession({ oidc }: KoaContextWithOIDC): void {
  if (oidc.session) Object.assign(oidc.session, { state: undefined, touched: false });
}

/** Whether a session was ended during its request (its lib/models/session.js). */
export function isEnded(session: object): boolean {
  return (session as { destroyed?: boolean }).destroyed === true;
}

/** The engine's cookie jar. @param secure whether the connection is encrypted; behind a proxy, the jar cannot tell */
export function cookiesOf(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  secure: boolean,
): CookieJar {
  const { cookies } = provider.createContext(request, response);
  return Object.assign(cookies, { secure });
}

/** Removes the session from an interaction, so that the next sign-in does not continue that session (its lib/models/interaction.js). */
export async function forgetSession(interaction: Interaction): Promise<void> {
  if (!interaction.session) return;
  delete (interaction as { session?: unknown }).session;
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}

/**
 * Creates the context that the engine creates for a request to its authorization endpoint, for tokens that are issued without such a
 * request (its lib/shared/context_ensure_oidc.js).
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

/**
 * Keeps one more property with the records of a model, which gets its value when a record is saved for the first time (the engine's
 * lib/models/payload.js, and the model beside it).
 */
export function keepProperty(
  provider: Provider,
  name: 'Interaction' | 'AuthorizationCode' | 'DeviceCode' | 'RefreshToken',
  property: string,
  firstValue: () => string | undefined,
): void {
  const model = provider[name] as unknown as {
    readonly IN_PAYLOAD: readonly string[];
    prototype: { save(this: Record<string, unknown>, ...rest: unknown[]): Promise<string> };
  };
  const properties = [...model.IN_PAYLOAD, property];
  Object.defineProperty(model, 'IN_PAYLOAD', { get: () => properties });
  const { save } = model.prototype;
  model.prototype.save = function saveWithProperty(...rest) {
    this[property] ??= firstValue();
    return save.apply(this, rest);
  };
}

/**
 * Decides how ID tokens are signed, and how those may be that come back as a hint. The engine knows one algorithm a client (its
 * lib/models/id_token.js).
 */
export function decideIdTokenAlg(
  provider: Provider,
  { toSign, accepted }: { toSign: (ctx: KoaContextWithOIDC) => string; accepted: readonly string[] },
): void {
  const model = provider.IdToken as unknown as {
    validate(token: string, client: Client): Promise<unknown>;
    prototype: {
      issue(this: { client: Client; ctx: KoaContextWithOIDC }, options: { use: string }): Promise<string>;
    };
  };
  const { validate } = model;
  const { issue } = model.prototype;
  model.prototype.issue = function issueByAlg(options) {
    if (options.use === 'idtoken') this.client = withIdTokenAlg(this.client, toSign(this.ctx));
    return issue.call(this, options);
  };
  model.validate = async function validateByAlg(token, client) {
    const { alg } = decodeProtectedHeader(token);
    return validate.call(this, token, accepted.includes(String(alg)) ? withIdTokenAlg(client, String(alg)) : client);
  };
}

/** The client itself is shared by requests, so it stays as it is. */
function withIdTokenAlg(client: Client, alg: string): Client {
  return Object.create(client, { idTokenSignedResponseAlg: { value: alg } }) as Client;
}

/** A grant that has been read already, as the engine would find it by its id (its lib/models/base_model.js). */
export function grantFrom(provider: Provider, payload: Readonly<Record<string, unknown>>) {
  const Model = provider.Grant as unknown as new (payload: object) => InstanceType<Provider['Grant']>;
  return new Model(payload);
}

/** Makes an interaction as the engine makes them (its lib/actions/authorization/interactions.js). */
export function createInteraction(provider: Provider, uid: string, content: Record<string, unknown>): Interaction {
  const Model = provider.Interaction as unknown as new (uid: string, content: Record<string, unknown>) => Interaction;
  return new Model(uid, content);
}

/** Keeps what a person has decided (its lib/provider.js, which finds the interaction by a cookie). @returns where the engine goes on */
export async function saveResult(
  interaction: Interaction,
  result: Parameters<Provider['interactionResult']>[2],
): Promise<string> {
  interaction.result = 'error' in result ? result : { ...interaction.lastSubmission, ...result };
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
  return interaction.returnTo;
}

/**
 * Replaces the engine's identifiers of sessions (its lib/models/session.js), which it keeps with each session, and the decision about which
 * ID tokens have them (its lib/models/client.js).
 */
export function decideSessionIds(
  provider: Provider,
  idFor: (sessionUid: string, clientId: string) => string,
  includes: (client: Client) => boolean,
): void {
  const session = provider.Session.prototype as unknown as {
    sidFor(this: EngineSession, clientId: string, value?: string): string | undefined;
  };
  session.sidFor = function sidFor(clientId, value) {
    return value === undefined ? idFor(this.uid, clientId) : undefined;
  };
  const client = provider.Client.prototype as unknown as { includeSid(this: Client): boolean };
  client.includeSid = function includeSid() {
    return includes(this);
  };
}

/** Signs a logout token as the engine does for its own back-channel logout (its lib/models/client.js). */
export async function signLogoutToken(
  provider: Provider,
  client: Client,
  { subject, sid }: { subject: string; sid: string },
): Promise<string> {
  // Without a context, the subject is the one that is set: the pairwise one, which the client knows, and not an account's.
  const token = new provider.IdToken({}, { client } as never);
  for (const [claim, value] of Object.entries({
    sub: subject,
    sid,
    jti: randomUUID(),
    events: { [LOGOUT_EVENT]: {} },
  }))
    token.set(claim, value);
  return token.issue({ use: 'logout' as never });
}

/** OpenID Connect Back-Channel Logout 1.0 section 2.4. */
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

export interface IdTokenContent {
  readonly subject: string;
  readonly nonce: string;
  readonly claims: Record<string, unknown>;
  /** The claims that were asked for one by one and granted, as the `claims` parameter has them. */
  readonly mask: Record<string, null>;
  readonly rejected: readonly string[];
  /** Of the session in which it is issued. */
  readonly sid?: string | undefined;
}

/** Signs an ID token as the engine's authorization endpoint does (its lib/helpers/process_response_types.js). */
export async function signIdToken(
  provider: Provider,
  ctx: KoaContextWithOIDC,
  { subject, nonce, claims, mask, rejected, sid }: IdTokenContent,
): Promise<string> {
  const token = new provider.IdToken({ ...claims, sub: subject }, { ctx });
  Object.assign(token, { scope: 'openid', mask, rejected });
  token.set('nonce', nonce);
  if (sid !== undefined) token.set('sid', sid);
  return token.issue({ use: 'idtoken' });
}

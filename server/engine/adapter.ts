import type { IncomingMessage } from 'node:http';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { FieldCatalogue } from '../domain/claims/catalogue.ts';
import type { RealmContext } from '../http/realm-context.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import type { RealmStorage, Storage } from '../storage/index.ts';
import type { Again, OidcRecord } from '../storage/oidc-records.ts';
import { ASKING_APP, clientMetadata } from './clients.ts';
import { DEVICE_CODE, deviceCodeAdapter } from './device-codes.ts';
import type { CookieContext } from './device-cookie.ts';
import { currentRequest } from './engine-internals.ts';
import { assertModest, KeptLimit } from './kept-limit.ts';
import { isForTheBackend, isWithoutSecret } from './native-app.ts';
import { assertRedeemable } from './pkce.ts';
import { AUTHENTICATING_ROUTES } from './provider-routes.ts';
import { PUSHED_REQUEST, pushedRequestAdapter } from './pushed-requests.ts';
import { sessionAdapter } from './session-adapter.ts';

/** Adapts our storage to oidc-provider: its clients are environments of apps, its grants are consents, all else are records. */
export function createAdapter(
  context: Pick<RealmContext, 'storage' | 'rows' | 'fields'> & CookieContext,
): (model: string) => Adapter {
  const { storage, rows: realm, fields } = context;
  const kept = new KeptLimit();
  return (model) => {
    if (model === 'Client') return clientAdapter(storage, realm, fields);
    if (model === 'Grant') return grantAdapter(realm);
    if (model === 'Session') return sessionAdapter(recordAdapter(model, storage, realm), realm, context);
    if (model === PUSHED_REQUEST) return pushedRequestAdapter(recordAdapter(model, storage, realm), kept);
    if (model === DEVICE_CODE) {
      const toPayload = (record?: OidcRecord) => payloadOf(storage, record);
      return deviceCodeAdapter(recordAdapter(model, storage, realm), realm, { kept, toPayload });
    }
    return recordAdapter(model, storage, realm);
  };
}

async function unsupported(): Promise<never> {
  throw new Error('not supported by this adapter');
}

/** Clients are read-only. Clients of the other realm and of apps that may not be used are not found. */
function clientAdapter(storage: Storage, { realm }: RealmStorage, fields: FieldCatalogue): Adapter {
  return {
    find: async (clientId) => {
      const app = askingApp(clientId) ?? (await storage.appEnvironments.findByClientId(clientId));
      if (!app || app.realm !== realm || app.disabled) return undefined;
      return clientMetadata(app, fields, { isPublic: isPublicRequest(app) }) as AdapterPayload;
    },
    upsert: unsupported,
    destroy: unsupported,
    consume: unsupported,
    findByUid: unsupported,
    findByUserCode: unsupported,
    revokeByGrantId: unsupported,
  };
}

function askingApp(clientId: string): AppEnvironment | undefined {
  const request: (IncomingMessage & { [ASKING_APP]?: AppEnvironment }) | undefined = currentRequest()?.req;
  const app = request?.[ASKING_APP];
  return app?.clientId === clientId ? app : undefined;
}

/** Where a page may do without the secret. At the others it has nothing to do: the window that it opens goes to `/popup`. */
const ROUTES_OF_PAGES: ReadonlySet<unknown> = new Set(['token', 'revocation']);

/**
 * One client id serves both the vendor's backend, which has a secret, and its pages, which cannot keep one. A request without a secret
 * from a registered origin is treated as a public client's: PKCE proves that it began the flow (RFC 9700 section 2.1.1), and a code without
 * a challenge is refused (pkce.ts). That is the element's use, whose code went to the page that redeems it. A native app's own requests are
 * public, too (native-app.ts). Everything else authenticates by the secret.
 */
function isPublicRequest(app: AppEnvironment): boolean {
  const ctx = currentRequest();
  if (!ctx || !AUTHENTICATING_ROUTES.has(ctx.oidc?.route)) return false;
  if (app.kind === 'native') return isWithoutSecret(ctx);
  if (!ROUTES_OF_PAGES.has(ctx.oidc.route)) return false;
  const { authorization, origin } = ctx.req.headers;
  const { client_secret: secret, grant_type: grantType, redirect_uri: target } = ctx.oidc.params ?? {};
  if (authorization !== undefined || secret !== undefined || origin === undefined) return false;
  // Pages get no refresh tokens (issueRefreshToken in provider.ts). So this one is a backend's, and needs the backend's secret.
  if (grantType === 'refresh_token') return false;
  if (ctx.oidc.route === 'token' && !isOf(origin, target)) return false;
  return app.origins.includes(origin);
}

/** Whether a code that went to `target` went to a page of `origin`. */
function isOf(origin: string, target: unknown): boolean {
  return typeof target === 'string' && URL.canParse(target) && new URL(target).origin === origin;
}

/**
 * Whether a page revokes its own token. All tokens that a vendor has for a person belong to one grant, so the tokens of the backend and
 * of other devices must stay valid then (RFC 7009 section 2.1 leaves this to the server).
 */
function isPageSigningOut(): boolean {
  const { route, client } = currentRequest()?.oidc ?? {};
  return route === 'revocation' && client?.clientAuthMethod === 'none';
}

function grantAdapter({ grants }: RealmStorage): Adapter {
  return {
    find: async (id) => (await grants.find(id))?.payload as AdapterPayload | undefined,
    // The engine only creates grants. Later agreements are added to a grant by domain/consent/save-grant.ts.
    upsert: async (id, payload) => {
      const { clientId, accountId } = payload;
      if (!clientId || !accountId) throw new TypeError('a grant names a client and an account');
      await grants.create({ id, clientId, accountId, payload: { ...payload } });
    },
    destroy: (id) => grants.delete(id),
    consume: unsupported,
    findByUid: unsupported,
    findByUserCode: unsupported,
    revokeByGrantId: unsupported,
  };
}

/**
 * How a refresh token that was replaced may be used again: a client may have lost the answer, and its threads, tabs or processes may refresh at
 * the same moment. Each of them gets a token. Later on, or more often, somebody else may have it too (RFC 9700 section 4.14.2).
 */
const REFRESHED_TWICE: Again = { withinMs: 60_000, times: 10 };

/**
 * Whether a record ended with its app: what an app was given before it was disabled or suspended does not come back when the app does. While
 * the app is stopped, other checks refuse it, and say why.
 */
async function hasEnded({ appEnvironments }: Storage, { payload, createdAt }: OidcRecord): Promise<boolean> {
  const { clientId = payload['params'] } = payload;
  const id =
    typeof clientId === 'object' && clientId !== null && 'client_id' in clientId ? clientId.client_id : clientId;
  if (typeof id !== 'string') return false;
  const app = await appEnvironments.findByClientId(id);
  if (!app?.stoppedAt || app.disabled) return false;
  const madeAt = createdAt?.getTime() ?? Number(payload['iat'] ?? 0) * 1000;
  return madeAt <= app.stoppedAt.getTime();
}

/** What the engine reads of a record; undefined when the record ended with its app. */
async function payloadOf(
  storage: Storage,
  record: OidcRecord | undefined,
  again?: Again,
): Promise<AdapterPayload | undefined> {
  if (!record || (await hasEnded(storage, record))) return undefined;
  const consumedAt = record.consumedAt?.getTime();
  // The engine revokes all tokens of the grant when it is given one that was consumed.
  const isUsable = consumedAt === undefined || (again && consumedAt > Date.now() - again.withinMs);
  return { ...record.payload, ...(!isUsable && { consumed: Math.floor(consumedAt / 1000) }) };
}

export function recordAdapter(model: string, storage: Storage, { oidcRecords }: RealmStorage): Adapter {
  const again = model === 'RefreshToken' ? REFRESHED_TWICE : undefined;
  const toPayload = (record: OidcRecord | undefined) => payloadOf(storage, record, again);
  return {
    find: async (id) => {
      const payload = await toPayload(await oidcRecords.find(model, id));
      if (payload && model === 'AuthorizationCode') assertRedeemable(payload);
      if (payload && model === 'RefreshToken' && isForTheBackend(payload)) return undefined;
      return payload;
    },
    findByUid: async (uid) => toPayload(await oidcRecords.findByUid(model, uid)),
    upsert: async (id, payload, expiresIn) => {
      if (model === 'Interaction') assertModest(payload.params);
      await oidcRecords.save(model, id, { ...payload }, expiresIn);
    },
    destroy: (id) => oidcRecords.delete(model, id),
    consume: async (id) => {
      // Two requests may both have read it as unused; this write decides which one may use it (RFC 9700 section 4.5).
      if (!(await oidcRecords.consume(model, id, again))) throw new errors.InvalidGrant(`${model} already consumed`);
    },
    revokeByGrantId: async (grantId) => {
      if (!isPageSigningOut()) await oidcRecords.deleteByGrant(model, grantId);
    },
    findByUserCode: unsupported,
  };
}

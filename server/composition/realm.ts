import { issuerOf, type Realm } from '@signup-with-platform/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens } from '../delivery/api/access-token.ts';
import { registerFedcm } from '../delivery/fedcm/register.ts';
import { registerConfirmEmailRoutes } from '../delivery/popup/confirm-email.ts';
import { registerDeviceRoutes } from '../delivery/popup/device/register.ts';
import { popupHooks } from '../delivery/popup/engine-hooks.ts';
import { registerUpstreamLogout } from '../delivery/popup/logout/from-upstream.ts';
import { registerLogoutRoutes } from '../delivery/popup/logout/register.ts';
import { registerInteractionRoutes } from '../delivery/popup/routes.ts';
import { registerUpstreamRoutes } from '../delivery/popup/upstream/callback.ts';
import { BrowserSession } from '../engine/browser-session.ts';
import { Engine } from '../engine/engine.ts';
import { noteEngineEvents } from '../engine/event-notes.ts';
import { IdTokenHints } from '../engine/id-token-hint.ts';
import { logEngineEvents } from '../engine/log-engine-events.ts';
import { logoutTokenFor } from '../engine/logout-token.ts';
import { type MountedRealm, mountProvider } from '../engine/mount.ts';
import { SigningKeys } from '../engine/signing-keys.ts';
import { type RealmContext, realmPrefix } from '../http/realm-context.ts';
import type { SignLogout } from '../outbox/logouts.ts';
import { registerPortal } from '../portal/register.ts';
import { Upstreams } from '../upstream/upstreams.ts';
import { PORTAL_ROUTES } from './portal-routes.ts';
import type { Services } from './services.ts';

export interface RealmParts {
  readonly mounted: MountedRealm;
  readonly accessTokens: AccessTokens;
  readonly signLogout: SignLogout;
  /** @returns the id of the account that a browser is signed in to */
  readonly signedIn: (request: FastifyRequest, reply: FastifyReply) => Promise<string | undefined>;
}

/** Adds the routes of one realm: the protocol engine, the popup's steps, the portal, FedCM. */
export async function addRealm(
  app: FastifyInstance,
  services: Services,
  realm: Realm,
  signingKeyPollMs: number | undefined,
): Promise<RealmParts> {
  const { config, storage } = services;
  const issuer = issuerOf(config.publicUrl, realm);
  const context: RealmContext = {
    ...services,
    realm,
    issuer,
    prefix: realmPrefix(realm),
    rows: storage.realm(realm),
    cookieKey: await storage.secrets.ensure(`cookies:${realm}`),
    directory: realm === 'production' ? services.liveDirectory : undefined,
    upstreams: await Upstreams.open(config.upstreams, { realm, issuer, handOver: config.handOver }),
  };
  const keys = await SigningKeys.open(context.rows.signingKeys, { log: app.log, pollIntervalMs: signingKeyPollMs });
  app.addHook('onClose', () => keys.close());
  const accessTokens = await AccessTokens.create(context.issuer, config.publicUrl, keys.published);
  const engine = await Engine.create(context, keys.published, popupHooks(context), (provider) => {
    logEngineEvents(provider, app.log);
    noteEngineEvents(provider, context);
  });
  const hints = new IdTokenHints(context.issuer, keys.published);
  keys.onChange((published) => hints.useKeys(published));
  keys.onChange((published) => engine.useKeys(published));
  keys.onChange((published) => accessTokens.useKeys(published));

  const mounted = await mountProvider(app, context, engine);
  await registerInteractionRoutes(app, context, engine.provider);
  registerUpstreamRoutes(app, context, engine.provider);
  registerUpstreamLogout(app, context);
  // Not `onListen`, which is never called: the platform listens by itself (platform.ts).
  app.addHook('onReady', async () =>
    context.upstreams.look((upstream, error) => app.log.warn({ upstream, reason: error.message }, 'upstream failed')),
  );
  await registerConfirmEmailRoutes(app, context, engine.provider);
  registerDeviceRoutes(app, context, engine.provider, mounted.limit);
  await registerLogoutRoutes(app, context, engine.provider, hints);
  await registerPortal(app, context, engine.provider, PORTAL_ROUTES);
  await registerFedcm(app, context, engine);
  return {
    mounted,
    accessTokens,
    signLogout: (ended) => logoutTokenFor(engine, ended),
    signedIn: async (request, reply) => {
      const { accountId } = await BrowserSession.load(context, engine.provider, request, reply);
      const account = accountId === undefined ? undefined : await context.rows.accounts.find(accountId);
      return account && !account.blocked ? account.id : undefined;
    },
  };
}

import type { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { issuerOf, REALMS, type Realm } from '@signup-with-platform/protocol';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { errors, default as Provider } from 'oidc-provider';
import { deleteDueAccounts } from './accounts/deletion.ts';
import { DisclosureRecorder } from './accounts/disclosure-recorder.ts';
import { Throttle } from './accounts/throttle.ts';
import { AccessTokens } from './api/access-token.ts';
import { registerApiDocs } from './api/docs/api-docs.ts';
import { registerEmbed } from './api/embed/register.ts';
import { registerExternalLogin } from './api/external-login/register.ts';
import { Quota } from './api/quota.ts';
import { registerUserApi } from './api/register.ts';
import type { ApiContext } from './api/route.ts';
import { sendUndecodableUrl } from './api/undecodable-url.ts';
import { refuseUnknownMethods } from './api/unknown-method.ts';
import { KeyUses } from './apps/key-uses.ts';
import type { Config } from './config.ts';
import { addWidgetCheck } from './doctor/widget-check.ts';
import { EventLog } from './events/event-log.ts';
import { registerFedcm } from './fedcm/register.ts';
import { addBrandFiles } from './http/brand-files.ts';
import { CsrfTokens } from './http/csrf.ts';
import { addErrorPages, sendErrorPage } from './http/error-pages.ts';
import { addHealthRoutes } from './http/health.ts';
import { loggerOptions } from './http/logger.ts';
import { addMetrics } from './http/metrics.ts';
import { requestIdOf } from './http/request-id.ts';
import { addSecurityHeaders, setSecurityHeaders } from './http/security-headers.ts';
import { addWidgetFiles } from './http/widget-files.ts';
import { addMailPage } from './mail/mail-page.ts';
import { Mailer } from './mail/mailer.ts';
import { signatureOf } from './mail/signature.ts';
import { Engine } from './openid/engine.ts';
import { noteEngineEvents } from './openid/event-notes.ts';
import { type MountedRealm, mountProvider } from './openid/mount.ts';
import { SigningKeys } from './openid/signing-keys.ts';
import { addPictureRoute } from './pictures/picture-route.ts';
import { registerConfirmEmailRoutes } from './popup/confirm-email.ts';
import { getPopup } from './popup/entry.ts';
import { PopupError } from './popup/popup-error.ts';
import { registerInteractionRoutes } from './popup/routes.ts';
import { registerPortal } from './portal/register.ts';
import { type RealmContext, realmPrefix } from './realm.ts';
import type { Database } from './storage/database.ts';
import { createStorage } from './storage/index.ts';
import { sweep } from './storage/sweeper.ts';

const SWEEP_INTERVAL_MS = 10 * 60 * 1000;
const TIMEOUTS = {
  requestTimeout: 30_000,
  // Longer than proxies keep a connection that is idle (most of them 60 seconds): a server that closes first loses the request that a
  // proxy, or a client that was stalled, is about to send on it.
  keepAliveTimeout: 72_000,
};

declare module 'fastify' {
  interface FastifyInstance {
    /** Writes what requests so far have left to be written behind them: events, uses of keys, disclosures. */
    flush(): Promise<void>;
  }
}

export interface AppOptions {
  /** How often each realm looks for other signing keys. Default 5 seconds. */
  signingKeyPollMs?: number;
}

/**
 * The platform as one Fastify application: the same plugin once per realm, and what belongs to none.
 * @param server an HTTP server that is listening already, when its address had to be known first
 */
export async function createApp(
  config: Config,
  database: Database,
  server?: Server,
  { signingKeyPollMs }: AppOptions = {},
): Promise<FastifyInstance> {
  const https = config.publicUrl.startsWith('https:');
  const options: FastifyServerOptions<Server> = {
    logger: loggerOptions(config.logLevel),
    genReqId: requestIdOf,
    trustProxy: config.trustProxy ?? false,
    ...TIMEOUTS,
    // A server that stops finishes what it began; idle connections are closed.
    forceCloseConnections: 'idle',
    // Fastify sets the timeouts of servers that it makes itself only.
    ...(server && { serverFactory: () => Object.assign(server, TIMEOUTS) }),
    // A URL that cannot be decoded meets no hook: it gets the same headers and the same page here. The error repeats the URL, query
    // and all, and is not for the log.
    frameworkErrors: (error, request, reply) => {
      setSecurityHeaders(reply.raw, { https });
      reply.raw.setHeader('x-request-id', request.id);
      if (sendUndecodableUrl(error, request, reply)) return;
      void sendErrorPage(config, new PopupError('invalid_request'), request, reply);
    },
  };
  const app = Fastify(options);
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id);
    done();
  });
  addSecurityHeaders(app, { https });
  addErrorPages(app, config);
  addHealthRoutes(app, database);
  addMetrics(app);
  addBrandFiles(app, config.brand);

  const storage = createStorage(database);
  const mailer = new Mailer({
    mails: storage.mails,
    smtpUrl: config.smtpUrl,
    from: config.mailFrom,
    signature: signatureOf(config.brand),
    log: app.log,
  });
  const shared = {
    config,
    storage,
    mailer,
    throttle: new Throttle(database.pool),
    csrf: new CsrfTokens(await storage.secrets.ensure('csrf')),
    disclosures: new DisclosureRecorder(storage.disclosures, app.log),
    events: new EventLog({ appEvents: storage.appEvents, log: app.log }),
  };

  const mounted = new Map<Realm, MountedRealm>();
  const accessTokens = new Map<Realm, AccessTokens>();
  for (const realm of REALMS) {
    const context: RealmContext = {
      ...shared,
      realm,
      issuer: issuerOf(config.publicUrl, realm),
      prefix: realmPrefix(realm),
      rows: storage.realm(realm),
      cookieKey: await storage.secrets.ensure(`cookies:${realm}`),
    };
    const keys = await SigningKeys.open(context.rows.signingKeys, { log: app.log, pollIntervalMs: signingKeyPollMs });
    const tokens = await AccessTokens.create(context.issuer, config.publicUrl, keys.published);
    const engine = await Engine.create(context, keys.published, (made) => {
      logEngineEvents(made, app);
      noteEngineEvents(made, context);
    });
    keys.onChange((published) => engine.useKeys(published));
    keys.onChange((published) => tokens.useKeys(published));
    app.addHook('onClose', () => keys.close());
    accessTokens.set(realm, tokens);
    mounted.set(realm, await mountProvider(app, context, engine));
    const { provider } = engine;
    await registerInteractionRoutes(app, context, provider);
    await registerConfirmEmailRoutes(app, context);
    await registerPortal(app, context, provider);
    await registerFedcm(app, context, engine);
  }

  const entry = {
    apps: storage.apps,
    events: shared.events,
    publicUrl: config.publicUrl,
    platformName: config.platformName,
    brand: config.brand,
    realms: Object.fromEntries(mounted) as Record<Realm, MountedRealm>,
  };
  app.get('/popup', (request, reply) => getPopup(entry, request, reply));
  const keyUses = new KeyUses(storage.apiKeys, app.log);
  const writtenBehind = [shared.disclosures, shared.events, keyUses];
  app.decorate('flush', async () => {
    for (const each of writtenBehind) await each.flush();
  });
  const api: ApiContext = {
    ...shared,
    accessTokens: Object.fromEntries(accessTokens) as Record<Realm, AccessTokens>,
    quota: new Quota(database.pool, config.apiQuotaPerHour),
    keyUses,
  };
  refuseUnknownMethods(app);
  await registerUserApi(app, api);
  await registerApiDocs(app, api);
  await registerEmbed(app, api);
  await registerExternalLogin(app, api);
  await addWidgetFiles(app, config);
  addWidgetCheck(app, { apps: storage.apps, throttle: shared.throttle });
  addPictureRoute(app, storage.pictures);
  if (!config.production && !config.smtpUrl) addMailPage(app, storage.mails, config);

  const sweeper = setInterval(() => {
    sweep(database.db).catch((error) => app.log.warn({ err: error }, 'sweeping failed'));
    deleteDueAccounts(storage, app.log).catch((error) => app.log.error({ err: error }, 'deleting accounts failed'));
  }, SWEEP_INTERVAL_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(sweeper);
    await mailer.close();
    for (const each of writtenBehind) await each.close();
  });
  return app;
}

/** What the engine refuses or fails at, under the request's id. */
function logEngineEvents(provider: Provider, { log }: FastifyInstance): void {
  const requestId = (ctx: { res: { getHeader(name: string): unknown } }) => ctx.res.getHeader('x-request-id');
  provider.on('server_error', (ctx, error) =>
    log.error({ err: error, requestId: requestId(ctx) }, 'the engine failed'),
  );
  for (const event of ['authorization.error', 'grant.error', 'userinfo.error', 'revocation.error'] as const) {
    (provider as EventEmitter).on(event, (ctx: Parameters<typeof requestId>[0], error: errors.OIDCProviderError) => {
      log.info(
        { requestId: requestId(ctx), code: error.error, reason: error.error_description },
        `${event}: request refused`,
      );
    });
  }
}

import type { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { issuerOf, REALMS, type Realm } from '@signup-with-platform/protocol';
import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { errors, default as Provider } from 'oidc-provider';
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
import type { Config } from './config.ts';
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
import { type MountedRealm, mountProvider } from './openid/mount.ts';
import { createProvider } from './openid/provider.ts';
import { loadSigningKeys } from './openid/signing-keys.ts';
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
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * The platform as one Fastify application: the same plugin once per realm, and what belongs to none.
 * @param server an HTTP server that is listening already, when its address had to be known first
 */
export async function createApp(config: Config, database: Database, server?: Server): Promise<FastifyInstance> {
  const https = config.publicUrl.startsWith('https:');
  const options: FastifyServerOptions<Server> = {
    logger: loggerOptions(config.logLevel),
    genReqId: requestIdOf,
    trustProxy: config.trustProxy ?? false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // A server that stops finishes what it began; idle connections are closed.
    forceCloseConnections: 'idle',
    // Fastify sets the timeouts of servers that it makes itself only.
    ...(server && { serverFactory: () => Object.assign(server, { requestTimeout: REQUEST_TIMEOUT_MS }) }),
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
  app.addHook('onRequest', async (request, reply) => void reply.raw.setHeader('x-request-id', request.id));
  addSecurityHeaders(app, { https });
  addErrorPages(app, config);
  addHealthRoutes(app, database);
  addMetrics(app);

  const storage = createStorage(database);
  const mailer = new Mailer({ mails: storage.mails, smtpUrl: config.smtpUrl, from: config.mailFrom, log: app.log });
  const shared = {
    config,
    storage,
    mailer,
    throttle: new Throttle(database.pool),
    csrf: new CsrfTokens(await storage.secrets.ensure('csrf')),
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
    accessTokens.set(
      realm,
      await AccessTokens.create(context.issuer, config.publicUrl, await loadSigningKeys(context.rows.signingKeys)),
    );
    const provider = await createProvider(context);
    logEngineEvents(provider, app);
    mounted.set(realm, await mountProvider(app, context, provider));
    await registerInteractionRoutes(app, context, provider);
    await registerConfirmEmailRoutes(app, context);
    await registerPortal(app, context, provider);
  }

  const entry = {
    apps: storage.apps,
    publicUrl: config.publicUrl,
    platformName: config.platformName,
    realms: Object.fromEntries(mounted) as Record<Realm, MountedRealm>,
  };
  app.get('/popup', (request, reply) => getPopup(entry, request, reply));
  const api: ApiContext = {
    ...shared,
    accessTokens: Object.fromEntries(accessTokens) as Record<Realm, AccessTokens>,
    quota: new Quota(database.pool, config.apiQuotaPerHour),
  };
  refuseUnknownMethods(app);
  await registerUserApi(app, api);
  await registerApiDocs(app, api);
  await registerEmbed(app, api);
  await registerExternalLogin(app, api);
  await addWidgetFiles(app);
  if (!config.production && !config.smtpUrl) addMailPage(app, storage.mails, config);

  const sweeper = setInterval(() => {
    sweep(database.db).catch((error) => app.log.warn({ err: error }, 'sweeping failed'));
  }, SWEEP_INTERVAL_MS).unref();
  app.addHook('onClose', async () => {
    clearInterval(sweeper);
    await mailer.close();
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

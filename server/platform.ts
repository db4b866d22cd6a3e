import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createHttpServer } from '../process/http-server.ts';
import { type AppOptions, createApp } from './app.ts';
import type { Config } from './config.ts';
import { docsPathOf } from './delivery/front/docs-path.ts';
import { type DeveloperAccount, ensureDeveloperAccount } from './dev/developer-account.ts';
import { mailPageUrl } from './dev/mail-page.ts';
import { seedSandbox } from './domain/sandbox/seed.ts';
import { ListenError } from './start-failure.ts';
import { type Database, migrate, openDatabase } from './storage/database.ts';

/**
 * How many connections the system keeps for us; it may keep fewer. Beyond them it drops what a client sends to connect, who tries again
 * after 1, 3 and 7 seconds. Node's own 511 are full after a third of a second of a crowd, because one is accepted for each turn of the event loop.
 */
const BACKLOG = 4_096;

export interface StartOptions extends AppOptions {
  /** Whether whoever starts it shows a developer how to sign in, so that an account is made for that. Default: no. */
  showsDeveloperAccount?: boolean;
}

export interface Platform {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly database: Database;
  /** The link to the mails that are kept instead of sent, for developers; undefined where there is none. */
  readonly mailPage: string | undefined;
  /** Where the documentation is. */
  readonly docs: string;
  /** Whom a developer can sign in as; undefined where there is no such account, or nobody would be told of it. */
  readonly developer: DeveloperAccount | undefined;
  /** Resolves once everything that past requests left to be written later (events, key uses, disclosures) is in the database. */
  flush(): Promise<void>;
  /** Finishes open requests, then releases the port, the timers and the database. */
  close(): Promise<void>;
}

/**
 * Starts the platform. It binds the port first, because every issuer and link contains the address: with port 0, PUBLIC_URL gets the
 * port that the system chose. Until the platform is ready, requests get 503 with Retry-After. A worker beside others knows the port, and
 * binds it once it is ready.
 */
export async function startPlatform(settings: Config, options: StartOptions = {}): Promise<Platform> {
  let handle: RequestListener = (_request, response) => void response.writeHead(503, { 'retry-after': '1' }).end();
  const { server, idleEnds, drain } = createHttpServer(settings.keepAliveMs, (request, response) =>
    handle(request, response),
  );
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      const { port, host } = settings;
      server.once('error', (error) => reject(new ListenError(error))).listen({ port, host, backlog: BACKLOG }, resolve);
    });
  // Requests go to those who listen already, and would be refused here.
  const hasOthers = options.worker?.isFirst === false;
  if (!hasOthers) await listen();
  const config = hasOthers ? settings : withPort(settings, server.address() as AddressInfo);

  // Loaded only where it is wanted. Before the database, whose connections it watches.
  const tracing = config.tracing && (await import('./composition/tracing.ts')).startTracing(config.tracing);
  const database = openDatabase(config);
  try {
    await migrate(database.db);
    const demoClientId = await seedSandbox(database, config);
    const developer = options.showsDeveloperAccount
      ? await ensureDeveloperAccount(database, config, demoClientId)
      : undefined;
    const app = await createApp(config, database, server, { idleEnds, tracing, ...options });
    await app.ready();
    handle = tracing ? tracing.traced(app.routing) : app.routing;
    if (hasOthers) await listen();
    return {
      url: config.publicUrl,
      app,
      database,
      mailPage: mailPageUrl(config),
      docs: config.publicUrl + docsPathOf(app),
      developer,
      flush: () => app.flush(),
      close: async () => {
        await drain();
        await app.close();
        await database.close();
        await tracing?.close();
      },
    };
  } catch (error) {
    server.close();
    await database.close();
    await tracing?.close();
    throw error;
  }
}

function withPort(settings: Config, { port }: AddressInfo): Config {
  if (settings.port !== 0) return settings;
  return { ...settings, port, publicUrl: settings.publicUrl.replace(/:0$/, `:${port}`) };
}

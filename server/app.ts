import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { IdleEnds } from '../process/http-server.ts';
import { addApis } from './composition/apis.ts';
import { addBackgroundWork } from './composition/background.ts';
import { addFigures } from './composition/figures.ts';
import { createHttpServer } from './composition/http-server.ts';
import { addRealm } from './composition/realm.ts';
import { createServices } from './composition/services.ts';
import type { Config } from './config.ts';
import type { Database } from './storage/database.ts';
import type { WorkerLink } from './workers/worker.ts';

export interface AppOptions {
  /** How often each realm checks for new signing keys. Default: 5 seconds. */
  signingKeyPollMs?: number;
  /** What `server` counts. Default: nothing yet. */
  idleEnds?: IdleEnds;
  /** Which of several processes at one port this is. Default: the only one. */
  worker?: WorkerLink;
}

/**
 * Creates the platform as one Fastify application: each realm's parts, then the parts that belong to no realm.
 * @param server a server that listens already, for callers that must know its address before the application exists
 */
export async function createApp(
  config: Config,
  database: Database,
  server?: Server,
  { signingKeyPollMs, idleEnds = { byServer: 0, byProxy: 0 }, worker }: AppOptions = {},
): Promise<FastifyInstance> {
  const { app, registry } = createHttpServer(config, database, server, worker?.number);
  const services = await createServices(config, database, app.log);
  const realms = {
    production: await addRealm(app, services, 'production', signingKeyPollMs),
    sandbox: await addRealm(app, services, 'sandbox', signingKeyPollMs),
  };
  const { quota } = await addApis(app, services, realms, { database, idleEnds });
  const { logouts } = addBackgroundWork(app, services, realms, database);
  addFigures(app, registry, services, { database, quota, logouts }, worker?.figuresOfAll(registry));
  return app;
}

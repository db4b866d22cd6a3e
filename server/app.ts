import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { IdleEnds } from '../process/http-server.ts';
import { addApis } from './composition/apis.ts';
import { addBackgroundWork } from './composition/background.ts';
import { addFigures } from './composition/figures.ts';
import { createHttpServer } from './composition/http-server.ts';
import { addRealm } from './composition/realm.ts';
import { addRequestQueue, createRequestQueue } from './composition/request-queue.ts';
import { createServices } from './composition/services.ts';
import type { Tracing } from './composition/tracing.ts';
import type { Config } from './config.ts';
import type { FairQueue } from './load/fair-queue.ts';
import type { Database } from './storage/database.ts';
import type { WorkerLink } from './workers/worker.ts';

export interface AppOptions {
  /** How often each realm checks for new signing keys. Default: 5 seconds. */
  signingKeyPollMs?: number;
  /** What `server` counts. Default: nothing yet. */
  idleEnds?: IdleEnds;
  /** Default: nothing is traced. */
  tracing?: Tracing | undefined;
  /** In which requests wait for their turn. */
  requestQueue?: FairQueue;
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
  {
    signingKeyPollMs,
    idleEnds = { byServer: 0, byProxy: 0 },
    requestQueue = createRequestQueue(database),
    tracing,
    worker,
  }: AppOptions = {},
): Promise<FastifyInstance> {
  const { app, registry } = createHttpServer(config, database, { server, tracing, worker: worker?.number });
  addRequestQueue(app, requestQueue);
  const services = await createServices(config, database, app.log);
  const realms = {
    production: await addRealm(app, services, 'production', signingKeyPollMs),
    sandbox: await addRealm(app, services, 'sandbox', signingKeyPollMs),
  };
  const { quota } = await addApis(app, services, realms, { database, idleEnds });
  const { logouts, webhooks } = addBackgroundWork(app, services, realms, database);
  const popups = { production: realms.production.mounted.limit.kept, sandbox: realms.sandbox.mounted.limit.kept };
  const sources = { database, quota, logouts, webhooks, popups, requestQueue };
  addFigures(app, registry, services, sources, worker?.figuresOfAll(registry));
  return app;
}

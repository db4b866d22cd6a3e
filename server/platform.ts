import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { seedSandbox } from './sandbox/seed.ts';
import { type Database, migrate, openDatabase } from './storage/database.ts';

export interface Platform {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly database: Database;
  /** Finishes what is under way, then lets go of everything. */
  close(): Promise<void>;
}

/**
 * Starts the platform. The address is taken first, because every issuer and link contains it: with port 0, PUBLIC_URL follows.
 */
export async function startPlatform(settings: Config): Promise<Platform> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, settings.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const config =
    settings.port === 0 ? { ...settings, port, publicUrl: settings.publicUrl.replace(/:0$/, `:${port}`) } : settings;

  const database = openDatabase(config);
  try {
    await migrate(database.db);
    await seedSandbox(database, config);
    const app = await createApp(config, database, server);
    await app.ready();
    return {
      url: config.publicUrl,
      app,
      database,
      close: async () => {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        server.closeIdleConnections();
        await closed;
        await app.close();
        await database.close();
      },
    };
  } catch (error) {
    server.close();
    await database.close();
    throw error;
  }
}

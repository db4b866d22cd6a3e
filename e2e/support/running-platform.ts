import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, issuerOf, realmOf } from '@signup-with-platform/protocol';
import { readConfig } from '../../server/config.ts';
import { type Platform, startPlatform } from '../../server/platform.ts';
import type { AppSecrets } from '../../server/storage/app-environments.ts';
import type { NewApp } from '../../server/storage/apps.ts';
import { createStorage, type Storage } from '../../server/storage/index.ts';

export interface RunningPlatform extends Platform {
  /** True while a proxy answers in its place that it is down. */
  down: boolean;
  readonly dataDir: string;
  readonly storage: Storage;
  /** Registers an app in the sandbox (or where it says). */
  createApp(app: Partial<NewApp> & { origins: string[] }): Promise<AppSecrets & { issuer: string }>;
  /**
   * Calls `act` once, before the next request to a path is answered, unless `act` destroys its socket. This includes the browser's own
   * requests, which Playwright's routes do not see.
   */
  beforeNext(path: string, act: (request: IncomingMessage) => unknown): void;
}

/** A platform at http://localhost, with its own database, which is deleted when it closes. @param env more settings */
export async function runPlatform(env: Record<string, string> = {}): Promise<RunningPlatform> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-e2e-'));
  // As many strangers as all tests together are would make each of their browsers work.
  const settings = { PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', BOT_CHECK: 'off', ...env };
  const platform = await startPlatform(readConfig(settings));
  const storage = createStorage(platform.database);
  const before = new Map<string, (request: IncomingMessage) => unknown>();
  const { server } = platform.app;
  const [answer] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request').on('request', async (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const act = before.get(path);
    if (before.delete(path)) await act?.(request);
    if (running.down && path !== '/widget.js') {
      response
        .writeHead(504, { 'content-type': 'text/html' })
        .end('<!doctype html><title>504 Gateway Time-out</title>');
      return;
    }
    if (!request.socket.destroyed) answer?.(request, response);
  });
  const running: RunningPlatform = {
    ...platform,
    down: false,
    dataDir,
    storage,
    createApp: async (app) => {
      const environment: Environment = app.environment ?? 'localhost';
      const secrets = await storage.apps.create({ name: 'Test Shop', ...app, environment });
      return { ...secrets, issuer: issuerOf(platform.url, realmOf(environment)) };
    },
    beforeNext: (path, act) => void before.set(path, act),
    close: async () => {
      await platform.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return running;
}

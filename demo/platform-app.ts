import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { issuerOf } from '@signup-with-platform/protocol';
import { z } from 'zod';
import type { Config } from './config.ts';

/** The store's registration at the platform. */
export interface PlatformApp {
  clientId: string;
  issuer: string;
  platformUrl: string;
  /** Without a key the store works, but does not call the platform's API. */
  apiKey?: string;
}

const DEFAULT_PLATFORM_URL = 'http://localhost:4000';
const POLL_MS = 250;

/** The file that the platform writes at its first start, so that nobody has to register the demo by hand. */
const demoStoreFile = z.object({
  client_id: z.string().min(1),
  client_secret: z.string().optional(),
  api_key: z.string().optional(),
  issuer: z.url(),
  platform: z.url().optional(),
});

/**
 * Takes the registration from the environment, or waits for the platform to write it.
 *
 * @param timeoutMs how long to wait for the file. Default: 30 s
 * @param onWait called once, when the file does not exist yet
 */
export async function findPlatformApp(
  config: Config,
  { timeoutMs = 30_000, onWait }: { timeoutMs?: number; onWait?: (path: string) => void } = {},
): Promise<PlatformApp> {
  if (config.clientId) {
    const platformUrl = config.platformUrl ?? DEFAULT_PLATFORM_URL;
    return {
      clientId: config.clientId,
      platformUrl,
      // A client_id without an issuer was set by a developer, so it belongs to the sandbox.
      issuer: config.issuer ?? issuerOf(platformUrl, 'sandbox'),
      ...(config.apiKey && { apiKey: config.apiKey }),
    };
  }

  const path = join(config.dataDir, 'demo-store.json');
  const deadlineMs = Date.now() + timeoutMs;
  let waiting = false;
  for (;;) {
    const file = await readRegistration(path);
    if (file) {
      const apiKey = config.apiKey ?? file.api_key;
      return {
        clientId: file.client_id,
        issuer: config.issuer ?? file.issuer,
        platformUrl: config.platformUrl ?? file.platform ?? DEFAULT_PLATFORM_URL,
        ...(apiKey && { apiKey }),
      };
    }
    if (Date.now() >= deadlineMs) {
      throw new Error(
        `The demo store is not registered: ${path} did not appear within ${timeoutMs / 1000} s. ` +
          'Start the platform with the same DATA_DIR, or set CLIENT_ID and ISSUER ' +
          '(npm run platform -- app create --name "Fern & Field" --environment localhost --origin http://localhost:4100).',
      );
    }
    if (!waiting) onWait?.(path);
    waiting = true;
    await setTimeout(POLL_MS);
  }
}

/** Undefined while the file is absent or half written. A complete file in another format is an error. */
async function readRegistration(path: string): Promise<z.infer<typeof demoStoreFile> | undefined> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const result = demoStoreFile.safeParse(parsed);
  if (!result.success) throw new Error(`${path} is not in the platform's format: ${z.prettifyError(result.error)}`);
  return result.data;
}

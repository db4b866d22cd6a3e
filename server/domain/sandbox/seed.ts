import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issuerOf } from '@signup-with-platform/protocol';
import type { Config } from '../../config.ts';
import type { Database } from '../../storage/database.ts';
import { createStorage } from '../../storage/index.ts';
import { ensurePersonas } from './personas.ts';

/** Holds the values that a vendor would copy from the portal, for the demo store, which is a separate process. */
const DEMO_FILE = 'demo-store.json';

/**
 * Creates the sandbox's personas and, on a developer's machine, the demo store's app: `npm start` starts the store, which waits for it.
 * @returns the client_id of the demo store's app, where there is one
 */
export async function seedSandbox(database: Database, config: Config): Promise<string | undefined> {
  const storage = createStorage(database);
  await ensurePersonas(storage.realm('sandbox').accounts);
  if (!config.development) return undefined;

  const origins = [`http://localhost:${config.demoPort}`, `http://127.0.0.1:${config.demoPort}`];
  const file = join(config.dataDir, DEMO_FILE);
  const known = readDemoFile(file);
  if (known && (await storage.appEnvironments.findByClientId(known.client_id))) {
    await storage.appEnvironments.setOrigins(known.client_id, origins);
    writeDemoFile(file, { ...known, issuer: issuerOf(config.publicUrl, 'sandbox'), platform: config.publicUrl });
    return known.client_id;
  }
  const secrets = await storage.apps.create({
    name: 'Fern & Field',
    environment: 'localhost',
    origins,
    redirectUris: origins.map((origin) => `${origin}/callback`),
    logoUri: `${origins[0]}/favicon.svg`,
    privacyPolicyUri: `${origins[0]}/privacy`,
    termsUri: `${origins[0]}/terms`,
  });
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  writeDemoFile(file, {
    client_id: secrets.clientId,
    client_secret: secrets.clientSecret,
    api_key: secrets.apiKey,
    issuer: issuerOf(config.publicUrl, 'sandbox'),
    platform: config.publicUrl,
  });
  return secrets.clientId;
}

interface DemoFile {
  client_id: string;
  client_secret: string;
  api_key: string;
  issuer: string;
  platform: string;
}

function readDemoFile(file: string): DemoFile | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoFile) : undefined;
}

/** Writes a file that only its owner can read. It is replaced as a whole, so that a crash leaves no partial file. */
function writeDemoFile(file: string, content: DemoFile): void {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, file);
}

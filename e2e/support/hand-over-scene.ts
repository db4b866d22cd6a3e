import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStore } from '../../demo/app.ts';
import { until } from '../../scripts/testing/until.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { startTestPlatform, type TestPlatform, temporaryDirectory } from '../../server/testing/test-platform.ts';

/** The platform's own website, which is a sample that operators get, on another site than the platform; and a shop on a third. */
export interface HandOverScene {
  readonly platform: TestPlatform;
  readonly website: string;
  readonly shop: string;
  close(): Promise<void>;
}

/** How a sample is run. */
export interface WebsiteSample {
  readonly key: 'ec' | 'rsa';
  /** Of the page that hands over. */
  readonly path: string;
  readonly command: string;
  readonly words: (port: number) => readonly string[];
}

export async function openHandOverScene({ key, path, command, words }: WebsiteSample): Promise<HandOverScene> {
  const [port, websitePort, folder] = [await freePort(), await freePort(), temporaryDirectory()];
  const keyFile = join(folder, 'key.pem');
  const { publicKey, privateKey } = keyPair(key);
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, 'pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  const website = `http://127.0.0.1:${websitePort}`;
  const env = {
    PLATFORM_URL: `http://localhost:${port}`,
    WEBSITE_URL: website,
    KEY_FILE: keyFile,
    PORT: String(websitePort),
  };
  const program = spawn(command, words(websitePort), { env: { ...process.env, ...env }, stdio: 'ignore' });
  await until(() => answers(website, program));
  const platform = await startTestPlatform({
    PORT: String(port),
    HANDOVER_URL: website + path,
    HANDOVER_KEYS: join(folder, 'pub.pem'),
  });
  const { clientId, issuer } = await platform.createApp({
    name: 'Fern & Field',
    environment: 'production',
    origins: [],
  });
  const app = createStore({ platformUrl: platform.url, issuer, clientId });
  const shop = await app.listen({ host: '127.0.0.1', port: 0 });
  await platform.storage.appEnvironments.setOrigins(clientId, [shop]);
  // It looks at the website while it starts.
  const request = { client_id: clientId, origin: shop, state: 'state', nonce: 'nonce' };
  await until(async () => (await platform.browser().openPopup(request)).url.origin === website);
  return {
    platform,
    website,
    shop,
    close: async () => {
      await app.close();
      await platform.close();
      program.kill();
    },
  };
}

function keyPair(key: 'ec' | 'rsa'): { publicKey: KeyObject; privateKey: KeyObject } {
  return key === 'ec'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
}

async function answers(url: string, program: ChildProcess): Promise<boolean> {
  if (program.exitCode !== null) throw new Error(`the website has ended: ${program.exitCode}`);
  return fetch(url).then(
    () => true,
    () => false,
  );
}

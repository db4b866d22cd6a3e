import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bareEnvironment } from '../../server/testing/bare-environment.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { PlatformProcess } from '../../server/testing/platform-process.ts';
import { TestSmtpServer } from '../../server/testing/smtp-server.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { nginxSample } from '../nginx/samples.ts';
import { runNginx } from '../nginx/start-nginx.ts';
import { makeAuthority, type TestAuthority } from './authority.ts';
import { startNamesProxy } from './names.ts';

const NODE_FILES = { platform: '../../server/delivery/cli/platform.ts', store: '../../demo/main.ts' };
const fileOf = (name: keyof typeof NODE_FILES) => fileURLToPath(new URL(NODE_FILES[name], import.meta.url));

/** Two sites, as browsers see it: their registrable domains differ. */
export const PLATFORM_NAME = 'id.platform.test';
export const SHOP_NAME = 'www.shop.test';

export interface SecureInstallation {
  readonly authority: TestAuthority;
  /** By which browsers find the two names. */
  readonly proxyPort: number;
  close(): Promise<void>;
}

/** The platform in production, and a shop, each under a name of its own, behind the nginx sample of `deploy/`. */
export async function startSecureInstallation(): Promise<SecureInstallation> {
  const ends: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of ends.toReversed()) await end();
  };
  try {
    const authority = await makeAuthority([PLATFORM_NAME, SHOP_NAME]);
    const [port, platformPort, shopPort] = [await freePort(), await freePort(), await freePort()];
    const names = await startNamesProxy([PLATFORM_NAME, SHOP_NAME], port);
    ends.push(names.close);
    const mailServer = await TestSmtpServer.start();
    ends.push(() => mailServer.stop());
    const env = {
      NODE_ENV: 'production',
      PUBLIC_URL: `https://${PLATFORM_NAME}`,
      PORT: String(platformPort),
      DATA_DIR: temporaryDirectory(),
      TRUST_PROXY: '127.0.0.1',
      SMTP_URL: mailServer.url,
    };
    const platform = await PlatformProcess.start(env);
    ends.push(() => platform.stop());

    const samples = await Promise.all(
      [
        { name: PLATFORM_NAME, upstreamPort: platformPort },
        { name: SHOP_NAME, upstreamPort: shopPort },
      ].map(async (site) => nginxSample({ ...authority, ...site, port, httpPort: await freePort() })),
    );
    const [ofPlatform = '', ofShop = ''] = samples;
    ends.push(
      await runNginx(port, `${ofPlatform}\n${ofShop.replaceAll(/(upstream|http:\/\/)( ?)platform/g, '$1$2shop')}`),
    );

    ends.push(await startShop({ ...(await createApp(env)), authority, proxyPort: names.port, port: shopPort }));
    return { authority, proxyPort: names.port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function createApp(
  env: Record<string, string>,
): Promise<Record<'client_id' | 'client_secret' | 'api_key', string>> {
  const origin = `https://${SHOP_NAME}`;
  const words = ['app', 'create', '--name', 'Fern & Field', '--environment', 'production', '--origin', origin];
  const { stdout } = await promisify(execFile)(process.execPath, [fileOf('platform'), ...words, '--json'], {
    env: bareEnvironment(env),
  });
  return JSON.parse(stdout);
}

interface Shop extends Record<'client_id' | 'client_secret' | 'api_key', string> {
  authority: TestAuthority;
  proxyPort: number;
  port: number;
}

/** The demo store, which asks the platform for keys and details as any shop does: by its name, over https. */
async function startShop({
  client_id,
  client_secret,
  api_key,
  authority,
  proxyPort,
  port,
}: Shop): Promise<() => Promise<unknown>> {
  const child = spawn(process.execPath, [fileOf('store')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: bareEnvironment({
      DEMO_URL: `https://${SHOP_NAME}`,
      DEMO_PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: temporaryDirectory(),
      PLATFORM_URL: `https://${PLATFORM_NAME}`,
      ISSUER: `https://${PLATFORM_NAME}`,
      CLIENT_ID: client_id,
      CLIENT_SECRET: client_secret,
      API_KEY: api_key,
      LOG_LEVEL: 'warn',
      NODE_EXTRA_CA_CERTS: authority.authorityFile,
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
    }),
  });
  const exit = once(child, 'exit');
  const stop = () => {
    child.kill('SIGTERM');
    return exit;
  };
  let output = '';
  child.stdout.setEncoding('utf8');
  for await (const text of child.stdout) {
    output += text;
    if (output.includes('The demo store is at')) {
      child.stdout.resume();
      return stop;
    }
  }
  throw new Error(`the store did not start: ${output}`);
}

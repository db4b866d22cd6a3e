import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Environment } from '@signup-with-platform/protocol';
import { ROOT } from '../../scripts/run.ts';
import { type BackendSample, backendSamples } from '../../server/delivery/vendor/code/backend-samples.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import type { RelyingParty } from '../clients/client.ts';
import { composerWith, debianPackages, install, pythonWith } from '../clients/install.ts';
import { startProgram } from '../clients/program.ts';
import type { RunningPlatform } from '../support/test.ts';

export type SampleId = 'node' | 'python' | 'django' | 'php' | 'go' | 'java';

/** A shop made of nothing but what the portal prints. */
export interface RunningSample extends RelyingParty {
  /** Where it listens. */
  url: string;
  clientId: string;
  issuer: string;
}

interface StartOptions {
  environment?: Environment;
  /** What the shop is known as behind a proxy, if not by the address at which it listens. */
  publicOrigin?: string;
}

const PY_JWT = 'PyJWT[crypto]==2.15.1';

/** Brings here what the printed commands but the last install. */
const PREPARE: Readonly<Record<SampleId, (folder: string) => Promise<void>>> = {
  // Installing the package as printed is for the tests of the packages. Here it is that of this repository.
  node: async (folder) => symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules')),
  python: async (folder) => {
    const bin = await pythonWith('Flask==3.1.3', 'Flask-Session==0.8.0', 'cachelib==0.17.0', PY_JWT);
    symlinkSync(dirname(bin), join(folder, '.venv'));
  },
  django: async (folder) => symlinkSync(dirname(await pythonWith('Django==5.2.19', PY_JWT)), join(folder, '.venv')),
  php: async (folder) => {
    await debianPackages('/usr/bin/composer', 'php-cli', 'php-curl', 'composer', 'unzip');
    const packages = ['firebase/php-jwt', 'guzzlehttp/guzzle', 'symfony/cache'];
    symlinkSync(join(await composerWith(...packages), 'vendor'), join(folder, 'vendor'));
  },
  go: async (folder) => {
    await install('go', ['mod', 'init', 'shop'], folder);
    await install('go', ['mod', 'tidy'], folder);
  },
  java: async (folder) => {
    await install('mvn', ['-q', '-B', 'compile'], folder);
  },
};

/** Registers an app, saves the printed files in a new folder, and runs the last of the printed commands there. @throws NotHere */
export async function startSample(
  id: SampleId,
  platform: RunningPlatform,
  { environment = 'localhost', publicOrigin }: StartOptions = {},
): Promise<RunningSample> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const app = await platform.createApp({ environment, origins: [publicOrigin ?? url] });
  const sample = printed(id, platform, app.clientId, environment, url);
  const folder = temporaryDirectory();
  for (const { name, code } of sample.files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), publicOrigin ? code.replaceAll(url, publicOrigin) : code);
  }
  await PREPARE[id](folder);
  const given = { ...app, origin: url, port, redirectUri: `${url}/` };
  const party = await startProgram(
    {
      command: 'sh',
      words: ['-c', `exec ${sample.commands.split('\n').at(-1)}`],
      cwd: folder,
      env: {
        SECRET_KEY: app.apiKey,
        // Where Go and Maven keep what they have downloaded.
        HOME: homedir(),
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
      },
    },
    given,
  );
  return { ...party, url, clientId: app.clientId, issuer: app.issuer };
}

function printed(
  id: SampleId,
  platform: RunningPlatform,
  clientId: string,
  environment: Environment,
  origin: string,
): BackendSample {
  const publicUrl = platform.url;
  const subject = { publicUrl, platformName: 'Platform', clientId, environment, fields: [], origin };
  const sample = backendSamples({ ...subject, keysUrl: `${publicUrl}/account` }).find((one) => one.id === id);
  if (!sample) throw new Error(`the portal prints no ${id}`);
  return sample;
}

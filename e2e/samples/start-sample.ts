import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Environment } from '@signup-with-platform/protocol';
import { ROOT } from '../../scripts/run.ts';
import {
  type BackendSubject,
  backendSamples,
  filledSample,
} from '../../server/delivery/vendor/code/backend-samples.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import type { RelyingParty } from '../clients/client.ts';
import { composerWith, debianPackages, install, pythonWith, runTool } from '../clients/install.ts';
import { startProgram } from '../clients/program.ts';
import type { RunningPlatform } from '../support/test.ts';
import { READERS, type SampleId } from './readers.ts';

/** A shop made of nothing but what the portal prints. */
export interface RunningSample extends RelyingParty {
  /** Where it listens. */
  url: string;
  clientId: string;
  issuer: string;
  /** For the tests; the program has none. */
  apiKey: string;
  /** Reads a user by the client secret. @returns what the program prints */
  readUser(sub: string): Promise<string>;
}

interface StartOptions {
  environment?: Environment;
  /** What the shop is known as behind a proxy, if not by the address at which it listens. */
  publicOrigin?: string;
  /** Where it takes the platform to be. Default: where it is. */
  platformUrl?: string;
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
  { environment = 'localhost', publicOrigin, platformUrl = platform.url }: StartOptions = {},
): Promise<RunningSample> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const app = await platform.createApp({ environment, origins: [publicOrigin ?? url] });
  const subject = subjectOf(platform, app.clientId, environment, url);
  const sample = backendSamples(subject).find((one) => one.id === id);
  if (!sample) throw new Error(`the portal prints no ${id}`);
  const folder = temporaryDirectory();
  const save = (name: string, code: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), code);
  };
  for (const { name, code } of sample.files)
    save(name, code.replaceAll(url, publicOrigin ?? url).replaceAll(platform.url, platformUrl));
  await PREPARE[id](folder);
  const given = { ...app, origin: url, port, redirectUri: `${url}/` };
  const party = await startProgram(
    {
      command: 'sh',
      words: ['-c', `exec ${sample.commands.split('\n').at(-1)}`],
      cwd: folder,
      env: {
        // Where Go and Maven keep what they have downloaded.
        HOME: homedir(),
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
      },
    },
    given,
  );
  const readUser = async (sub: string) => {
    const { path, command } = READERS[id];
    save(path.slice(path.indexOf('/') + 1), filledSample(path, subject));
    return runTool('sh', ['-c', command], folder, { CLIENT_SECRET: app.clientSecret, SUB: sub });
  };
  const issuer = app.issuer.replace(platform.url, platformUrl);
  return { ...party, url, clientId: app.clientId, issuer, apiKey: app.apiKey, readUser };
}

/** What is filled in, of an app whose page is at `origin`. */
function subjectOf(
  platform: RunningPlatform,
  clientId: string,
  environment: Environment,
  origin: string,
): BackendSubject {
  const { url: publicUrl } = platform;
  const keysUrl = `${publicUrl}/account`;
  return { publicUrl, platformName: 'Platform', clientId, environment, fields: [], keysUrl, origin };
}

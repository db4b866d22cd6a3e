import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { ROOT } from '../../scripts/run.ts';
import { SAMPLES_DIRECTORY } from '../../server/delivery/vendor/code/backend-samples.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import type { RelyingParty } from '../clients/client.ts';
import { debianPackages, install } from '../clients/install.ts';
import { startProgram } from '../clients/program.ts';

export type ReceiverId = 'node' | 'python' | 'php' | 'go' | 'java';

interface Recipe {
  /** In `examples/backends/`. */
  path: string;
  /** Where the vendor saves it. */
  name: string;
  /** As the documentation prints it; the last line runs. */
  command: string;
}

/** The programs of the documentation that receive webhooks, and how they are run. */
export const RECEIVERS: Readonly<Record<ReceiverId, Recipe>> = {
  node: { path: 'node/webhook.mjs', name: 'webhook.mjs', command: 'node webhook.mjs' },
  python: { path: 'python/webhook.py', name: 'webhook.py', command: 'python3 webhook.py' },
  php: { path: 'php/webhook.php', name: 'webhook.php', command: 'php -S localhost:3000 webhook.php' },
  go: { path: 'go/webhook/main.go', name: 'webhook/main.go', command: 'go run ./webhook' },
  java: { path: 'java/Webhook.java', name: 'Webhook.java', command: 'java Webhook.java' },
};

/** Brings here what the language needs. The programs themselves need nothing but it, and in Node our package. */
const PREPARE: Partial<Record<ReceiverId, (folder: string) => unknown>> = {
  node: (folder) => symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules')),
  php: () => debianPackages('/usr/bin/php', 'php-cli'),
  go: async (folder) => {
    await install('go', ['mod', 'init', 'shop'], folder);
    // The first build of the standard library takes longer than a program may take to start.
    await install('go', ['build', '-o', 'shop', './webhook'], folder);
  },
  java: (folder) => install('java', ['-version'], folder),
  python: (folder) => install('python3', ['--version'], folder),
};

export interface Receiver extends RelyingParty {
  url: string;
}

/** Saves what the documentation prints in a new folder, and runs it there. @throws NotHere */
export async function startReceiver(id: ReceiverId, secrets: readonly string[]): Promise<Receiver> {
  const { path, name, command } = RECEIVERS[id];
  const port = await freePort();
  const folder = temporaryDirectory();
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, readFileSync(join(SAMPLES_DIRECTORY, path), 'utf8'));
  await PREPARE[id]?.(folder);
  const origin = `http://localhost:${port}`;
  const words = ['-c', `exec ${command.replace('3000', String(port))}`];
  const env = {
    WEBHOOK_SECRET: secrets.join(' '),
    HOME: homedir(),
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
  };
  const given = { clientId: basename(folder), clientSecret: 'none', issuer: origin, origin, port, redirectUri: origin };
  const party = await startProgram({ command: 'sh', words, cwd: folder, env }, given);
  return { ...party, url: `${origin}/webhooks` };
}

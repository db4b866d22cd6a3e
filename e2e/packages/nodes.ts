import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from '../../scripts/run.ts';
import { runTool } from '../clients/install.ts';

const CACHE = join(ROOT, 'node_modules/.cache/packages');

/** The versions that both packages promise to work with: every one that is maintained, and 20, which many still have. */
export const NODE_VERSIONS = [20, 22, 24, 26] as const;
export type NodeVersion = (typeof NODE_VERSIONS)[number];

/** The folder of a Node of this version, with npm's programs behind it. It comes from npm and is kept. */
export async function binOfNode(version: NodeVersion): Promise<string> {
  const folder = join(CACHE, `node-${version}`);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const bin = join(folder, 'node_modules', name, 'bin');
  if (!existsSync(bin)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    await runTool('npm', ['install', `${name}@${version}`], folder, npmEnvironment());
  }
  return bin;
}

/** For commands that a developer types: nothing of the surroundings but where programs are, with this Node before all others. */
export function shellEnvironment(bin: string): Record<string, string> {
  return { ...npmEnvironment(), PATH: [bin, pathWithoutOurNode()].join(delimiter) };
}

/** `npm run` puts the repository's own programs first, among them its Node, which a developer elsewhere does not have. */
function pathWithoutOurNode(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const isOurs = (folder: string) => folder.startsWith(ROOT) || folder === dirname(process.execPath);
  return folders.filter((folder) => !isOurs(folder)).join(delimiter);
}

/** This machine's, by which npm reaches its registry; without what `npm run` and the tests say of this repository. */
function npmEnvironment(): Record<string, string> {
  const isOurs = (name: string) =>
    /^(npm_(?!config_(registry|cafile|.*proxy)$)|NODE_(?!EXTRA_CA_CERTS)|INIT_CWD$)/i.test(name);
  const entries = Object.entries(process.env).filter(([name]) => !isOurs(name));
  return { ...(Object.fromEntries(entries) as Record<string, string>), npm_config_update_notifier: 'false' };
}

import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../scripts/run.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { fillIn, type Given, NotHere } from './client.ts';
import { FOLDER } from './program.ts';

// What `npm run test:clients` installs is kept here, so that the next run begins at once.

const CACHE = join(ROOT, 'node_modules/.cache/clients');
const INSTALL_TIMEOUT_MS = 1_800_000;

/** Runs a program of an ecosystem's own, to build or prepare what was pasted. @throws Error with what it said last */
export async function runTool(command: string, words: readonly string[], cwd?: string, env = {}): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, words, {
      cwd,
      env: { ...process.env, ...env },
      timeout: INSTALL_TIMEOUT_MS,
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    const said = `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n') || String(error);
    throw new Error(`\`${command} ${words.join(' ')}\` failed: ${said}`, { cause: error });
  }
}

/** The same, to bring here what a client needs. @throws NotHere */
export async function install(...words: Parameters<typeof runTool>): Promise<string> {
  try {
    return await runTool(...words);
  } catch (error) {
    throw new NotHere(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** A folder of the cache, filled by `fill` once. */
async function once(name: string, fill: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = join(CACHE, name);
  const isDone = join(folder, '.installed');
  if (existsSync(isDone)) return folder;
  mkdirSync(folder, { recursive: true });
  await fill(folder);
  writeFileSync(isDone, '');
  return folder;
}

/** @param packages as pip takes them, such as `Flask==3.1.3` @returns the folder of the environment's programs */
export async function pythonWith(...packages: string[]): Promise<string> {
  const folder = await once(`python/${packages.join(' ')}`, async (folder) => {
    await install('python3', ['-m', 'venv', folder]);
    await install(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...packages]);
  });
  return join(folder, 'bin');
}

/** @returns the folder that has `vendor/` with the packages */
export function composerWith(...packages: string[]): Promise<string> {
  return once(`php/${packages.join(' ').replaceAll('/', '_')}`, (folder) =>
    install('composer', ['require', '--no-interaction', ...packages], folder, { COMPOSER_ALLOW_SUPERUSER: '1' }),
  );
}

/** @param module with its version, such as `example.com/tool@v1.2.3` @returns the folder that has the program */
export function goInstall(module: string): Promise<string> {
  return once(`go/${module.replaceAll('/', '_')}`, (folder) =>
    install('go', ['install', module], folder, { GOBIN: folder, GOFLAGS: '-mod=mod' }),
  );
}

/** @param artifact as `group:name:version:type` @returns the folder in which it is unpacked */
export function mavenArtifact(artifact: string): Promise<string> {
  return once(`maven/${artifact.replaceAll(':', '_')}`, async (folder) => {
    const [group, name, version, type] = artifact.split(':');
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
    await install('mvn', ['-q', '-B', goal, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`], folder);
    if (!group || !existsSync(join(folder, `${name}-${version}.${type}`))) throw new NotHere(`no ${artifact}`);
    await install('unzip', ['-q', '-o', `${name}-${version}.${type}`], folder);
  });
}

/** Installs packages of Debian's, where that is allowed. @param file that tells whether they are there */
export async function debianPackages(file: string, ...packages: string[]): Promise<void> {
  if (existsSync(file)) return;
  if (process.getuid?.() !== 0) throw new NotHere(`install ${packages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await install('apt-get', ['update', '-qq'], undefined, env);
  const words = ['-o', 'DPkg::Lock::Timeout=600', 'install', '-y', '-qq', '--no-install-recommends', ...packages];
  await install('apt-get', words, undefined, env);
}

/** A folder that is gone with the test process, with the files of a client's folder filled in. */
export function pastedFolder(name: string, given: Given): string {
  const folder = temporaryDirectory();
  if (!existsSync(FOLDER + name)) return folder;
  cpSync(FOLDER + name, folder, { recursive: true });
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    writeFileSync(path, fillIn(readFileSync(path, 'utf8'), given));
  }
  return folder;
}

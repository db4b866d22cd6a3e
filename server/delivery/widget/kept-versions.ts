import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { WidgetVersionFiles, WidgetVersionRepository } from '../../storage/widget-versions.ts';
import { compressScript, type WidgetRelease } from './widget-release.ts';

export type WidgetVersions = Pick<WidgetVersionRepository, 'file' | 'keep' | 'touch'>;

/** Keeps what is served at the address of this version, for pages that name it after the next update. */
export async function keepRelease(
  release: WidgetRelease,
  widgetDirectory: string,
  versions: WidgetVersions,
): Promise<void> {
  if (await versions.touch(release.version)) return;
  const parts = await filesOf(join(widgetDirectory, 'widget'), Object.keys(release.parts));
  await versions.keep(release.version, new Map([['widget.js', release.script.br], ...parts]));
}

/**
 * Up to version 0.1.0, versions were kept in a folder of each server, one below it for each version. They move into the database, and the
 * folder goes.
 */
export async function takeOverFolder(folder: string, versions: WidgetVersions): Promise<void> {
  const kept = readdirIfAny(folder).filter((name) => /^[0-9a-f]{16}$/.test(name));
  for (const version of kept) {
    const directory = join(folder, version);
    const script = await filesOf(directory, ['widget.js']);
    const parts = await filesOf(join(directory, 'widget'), scriptsIn(join(directory, 'widget')));
    await versions.keep(version, new Map([...script, ...parts]), statSync(directory).mtime);
  }
  rmSync(folder, { recursive: true, force: true });
}

const scriptsIn = (directory: string) => readdirIfAny(directory).filter((name) => name.endsWith('.js'));

function readdirIfAny(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Brotli of each file. The build leaves one beside it. */
async function filesOf(directory: string, names: readonly string[]): Promise<WidgetVersionFiles> {
  const files = new Map<string, Buffer>();
  for (const name of names) {
    const path = join(directory, name);
    const isCompressed = statSync(`${path}.br`, { throwIfNoEntry: false }) !== undefined;
    files.set(name, isCompressed ? readFileSync(`${path}.br`) : await compressScript(readFileSync(path)));
  }
  return files;
}

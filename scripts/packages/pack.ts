import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { packTar } from 'modern-tar';

/** The time that npm gives to the files of every package. */
const NPM_TIME = new Date('1985-10-26T08:15:00.000Z');
const MODE = 0o644;
const BEST_COMPRESSION = 9;

/** Packs a built package as `npm pack` does. @param directory holds the package and nothing else */
export function pack(directory: string): Promise<Buffer> {
  return tarball(directory, 'package', NPM_TIME);
}

/**
 * A folder as `.tar.gz`. The same content gives the same bytes at any time, in any folder and on any machine, because lock files, and whoever
 * builds a release again, compare hashes. That is why it is compressed by fflate: zlib's output differs between versions of Node and between
 * processors.
 *
 * @param name of the folder in the archive
 * @param mtime of every file in it
 */
export async function tarball(directory: string, name: string, mtime: Date): Promise<Buffer> {
  const files = globSync('**/*', { cwd: directory, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, '/').length))
    .sort();
  const entries = files.map((file) => {
    const body = readFileSync(join(directory, file));
    const path = `${name}/${file.replaceAll('\\', '/')}`;
    return {
      header: { name: path, size: body.length, type: 'file' as const, mode: MODE, mtime, uid: 0, gid: 0 },
      body,
    };
  });
  return Buffer.from(gzipSync(await packTar(entries), { level: BEST_COMPRESSION, mtime: 0 }));
}

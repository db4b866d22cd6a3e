import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'fflate';
import { packTar } from 'modern-tar';

/** As npm packs: a time that no content changes. */
const MTIME = new Date('1985-10-26T08:15:00.000Z');
const MODE = 0o644;
const BEST_COMPRESSION = 9;

/**
 * Packs a built package as `npm pack` does. The same content gives the same bytes at any time, in any folder and on any machine, because lock
 * files hold the archive's hash. That is why it is compressed by fflate: zlib's output differs between versions of Node and between processors.
 *
 * @param directory holds the package and nothing else
 */
export async function pack(directory: string): Promise<Buffer> {
  const files = globSync('**/*', { cwd: directory, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, '/').length))
    .sort();
  const entries = files.map((file) => {
    const body = readFileSync(join(directory, file));
    const name = `package/${file.replaceAll('\\', '/')}`;
    return {
      header: { name, size: body.length, type: 'file' as const, mode: MODE, mtime: MTIME, uid: 0, gid: 0 },
      body,
    };
  });
  return Buffer.from(gzipSync(await packTar(entries), { level: BEST_COMPRESSION, mtime: 0 }));
}

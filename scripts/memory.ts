import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';

const MEMORY = '/dev/shm';
/** What a run writes is about a gigabyte; containers often have 64. */
const MIN_BYTES = 4 * 1024 ** 3;

/**
 * Has temporary files of this process, and of those that it starts, written to memory until it ends. Nothing of them outlives the run, so
 * nothing has to wait for the disk: each commit of an SQLite database, which keeps the whole process waiting, and each start of PostgreSQL
 * and of a browser. Where there is no such place, or too little of it, they are where they always are.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env['TMPDIR'] || !hasRoom()) return;
  const directory = mkdtempSync(`${MEMORY}/signup-tests-`);
  // PostgreSQL runs as another user, and has a directory in it.
  chmodSync(directory, 0o755);
  process.env['TMPDIR'] = directory;
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .findLast((line) => line.split(' ')[1] === MEMORY);
    // Programs are put there, and run.
    return bavail * bsize >= MIN_BYTES && mount !== undefined && !mount.includes('noexec');
  } catch {
    return false;
  }
}

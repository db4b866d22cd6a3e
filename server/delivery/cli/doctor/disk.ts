import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#config.ts';
import { type Finding, notChecked, ok, problem, warning } from './finding.ts';

const MEGABYTE = 1024 * 1024;
const PROBLEM_BYTES = 200 * MEGABYTE;
const WARNING_BYTES = 2 * 1024 * MEGABYTE;

/** File systems on which SQLite’s locks or its shared memory do not work (sqlite.org/faq.html#q5), by Linux’s numbers for them. */
const NETWORK_FILE_SYSTEMS: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4266872130: 'SMB',
  4283649346: 'CIFS',
  16914839: '9P',
  12805120: 'Ceph',
  1397113167: 'AFS',
  198183888: 'Lustre',
  1702057286: 'FUSE',
};

export function databaseFile({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'platform.sqlite');
}

/** Who else may read or write the data. It has to look before the database is opened, which corrects the file’s rights. */
export function examineFiles(config: Config): Finding {
  const { dataDir, databaseUrl } = config;
  if (!existsSync(dataDir))
    return notChecked('files', `${dataDir} does not exist yet. The server makes it, for its user alone.`);
  const directory = statSync(dataDir);
  const uid = process.geteuid?.();
  if (uid === undefined) return notChecked('files', 'This system has no rights of files by user and group.');
  const file = databaseFile(config);
  const paths = databaseUrl ? [] : [file, `${file}-wal`, `${file}-shm`].filter((path) => existsSync(path));
  if ((directory.mode & 0o022) !== 0) {
    return problem('files', `Other users of this machine can replace files in ${dataDir}.`, `chmod go-w ${dataDir}`);
  }
  const open = paths.filter((path) => (statSync(path).mode & 0o077) !== 0);
  // Nobody else gets as far as the files, where the folder is the owner's alone, as the server makes it.
  if (open.length > 0 && (directory.mode & 0o011) === 0) {
    return warning(
      'files',
      `${open.join(', ')} could be read by others, if the folder were not its owner’s alone.`,
      `chmod 600 ${open.join(' ')} (opening the database has done so now, if this user may).`,
    );
  }
  if (open.length > 0) {
    return problem(
      'files',
      `Other users of this machine could read ${open.join(', ')}, with people’s data and the signing keys.`,
      `chmod 600 ${open.join(' ')} (opening the database has done so now, if this user may). Replace the keys if somebody has read them: signing-key rotate --now.`,
    );
  }
  const foreign = [dataDir, ...paths].filter((path) => statSync(path).uid !== uid);
  return foreign.length === 0
    ? ok('files', 'Only the server’s user can read the data on this machine.')
    : warning(
        'files',
        `${foreign.join(', ')} belong${foreign.length === 1 ? 's' : ''} to another user than the one who runs this command, so that what commands write may be unreadable to the server.`,
        'Run commands as the user of the server, such as: sudo -u platform …',
      );
}

/** @param type of the file system, as `statfs` tells it */
export function judgeFileSystem(type: number, path: string): Finding {
  const name = NETWORK_FILE_SYSTEMS[type];
  return name === undefined
    ? ok('database_disk', 'The file of the database is on a local disk.')
    : problem(
        'database_disk',
        `${path} is on a network file system (${name}), where SQLite’s locks do not hold and the file breaks sooner or later.`,
        'Set DATA_DIR to a local disk, or use PostgreSQL (DATABASE_URL).',
      );
}

export function examineDisk(config: Config): Finding[] {
  const { dataDir, databaseUrl } = config;
  if (!existsSync(dataDir)) {
    return ['database_disk', 'disk_space'].map((code) =>
      notChecked(code as 'database_disk' | 'disk_space', `${dataDir} does not exist yet.`),
    );
  }
  const { type, bavail, bsize } = statfsSync(dataDir);
  const file = databaseFile(config);
  const size = databaseUrl || !existsSync(file) ? 0 : statSync(file).size;
  return [
    databaseUrl
      ? notChecked('database_disk', 'The disk of PostgreSQL is not this machine’s to see.')
      : judgeFileSystem(type, file),
    judgeSpace(bavail * bsize, size, dataDir),
  ];
}

export function judgeSpace(freeBytes: number, databaseBytes: number, path: string): Finding {
  const message = `${Math.floor(freeBytes / MEGABYTE)} MB are free on the disk of ${path}${databaseBytes > MEGABYTE ? `, beside a database of ${Math.ceil(databaseBytes / MEGABYTE)} MB` : ''}.`;
  const advice = 'Make room. When the disk is full, nobody can sign up, and /readyz says so.';
  if (freeBytes < PROBLEM_BYTES) return problem('disk_space', message, advice);
  if (freeBytes < WARNING_BYTES || freeBytes < databaseBytes) return warning('disk_space', message, advice);
  return ok('disk_space', message);
}

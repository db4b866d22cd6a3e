import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rm, stat } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

/** How long pg_dump waits for a table that a migration has locked. */
const LOCK_WAIT_MS = 30_000;

const HOW_TO_DUMP =
  'Install the client tools of PostgreSQL, at least as new as the server, or run on another machine that has them:\n\n' +
  '  pg_dump --format=custom --file=FILE "$DATABASE_URL"';

/** Thrown when the backup cannot be made; the message says what to do. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/**
 * Copies the whole database, as it is at one moment, into a new file; the server may run meanwhile. The file gets its name once it is
 * complete, checked and on the disk. Only its owner can read it.
 * @throws BackupError when the file exists, cannot be written, or pg_dump is missing, too old, or fails
 */
export async function backUp(
  settings: { databaseUrl: string | undefined; dataDir: string },
  file: string,
): Promise<{ bytes: number }> {
  if (existsSync(file)) throw new BackupError(`${file} exists already. Choose another name, or remove it first.`);
  const draft = `${file}.${randomUUID()}.part`;
  try {
    // Only the owner may read the file, even while it is written.
    await (await open(draft, 'wx', 0o600)).close();
    if (settings.databaseUrl) await dumpPostgres(settings.databaseUrl, draft);
    else await copySqlite(join(settings.dataDir, 'platform.sqlite'), draft);
    await flush(draft);
    // Unlike renaming, this fails when somebody else has made the file meanwhile.
    await link(draft, file);
    await flush(dirname(file));
    return { bytes: (await stat(file)).size };
  } catch (error) {
    throw explain(error, file);
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(draft + suffix, { force: true });
  }
}

async function copySqlite(source: string, target: string): Promise<void> {
  if (!existsSync(source)) throw new BackupError(`There is no database at ${source}. Is DATA_DIR that of the server?`);
  const database = new DatabaseSync(source, { readOnly: true });
  try {
    // The copy is of what this transaction sees. Without it, each commit of the server makes SQLite begin again, and under load the copy
    // never ends.
    database.exec('begin');
    database.prepare('select 1 from sqlite_schema').get();
    await backup(database, target);
  } finally {
    database.close();
  }
  const copy = new DatabaseSync(target);
  try {
    // The copy is one file without a WAL beside it; the server returns to WAL when it opens the file.
    copy.exec('PRAGMA journal_mode = DELETE');
    const [result] = copy.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    if (result?.integrity_check !== 'ok') {
      throw new BackupError(`The copy is damaged, and so the database may be: ${result?.integrity_check}`);
    }
  } finally {
    copy.close();
  }
}

/** The dump is of one moment: pg_dump reads in one transaction. It is then read to its end, as a restore would. */
async function dumpPostgres(databaseUrl: string, target: string): Promise<void> {
  const url = new URL(databaseUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  const destination = ['--format=custom', `--file=${target}`];
  const source = ['--no-password', `--lock-wait-timeout=${LOCK_WAIT_MS}`, `--dbname=${url}`];
  await run('pg_dump', [...destination, ...source], password);
  await run('pg_restore', [`--file=${devNull}`, target]);
}

/** @param password is passed in the environment, because everybody on the machine can read command lines */
async function run(tool: 'pg_dump' | 'pg_restore', words: readonly string[], password = ''): Promise<void> {
  const child = spawn(tool, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    // English, because what it complains of is read below.
    env: { ...process.env, LC_ALL: 'C', ...(password && { PGPASSWORD: password }) },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const code = await new Promise<number | null>((settle, reject) => child.once('error', reject).once('close', settle));
  if (code !== 0) throw new BackupError(explainFailure(tool, complaints.trim()));
}

/** Both are older than what they have to read: the tools refuse that, in words that do not say what to do. */
function explainFailure(tool: string, complaints: string): string {
  const [, server] = /server version: ([\d.]+)/.exec(complaints) ?? [];
  const [, client] = /pg_dump version: ([\d.]+)/.exec(complaints) ?? [];
  if (server && client)
    return `pg_dump is of version ${client}, and the server is PostgreSQL ${server}, which an older pg_dump does not read. ${HOW_TO_DUMP}`;
  if (/unsupported version \([\d.]+\) in file header/.test(complaints))
    return 'pg_restore is older than pg_dump, and cannot check the dump. Install both from the same version of the client tools.';
  return `${tool} failed.\n${complaints}`;
}

/** After this, what was written survives a power cut. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function explain(error: unknown, file: string): unknown {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && syscall?.startsWith('spawn')) {
    return new BackupError(`${path} is not on the PATH. ${HOW_TO_DUMP}`);
  }
  if (code === 'EEXIST') return new BackupError(`${file} exists already. Choose another name, or remove it first.`);
  if (code === 'ENOENT') return new BackupError(`The directory of ${file} does not exist.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOSPC' || code === 'ENOTDIR')
    return new BackupError(`${file} cannot be written: ${code}.`);
  return error;
}

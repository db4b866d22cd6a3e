import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import pg from 'pg';
import { freePort } from '../../testing/free-port.ts';
import { randomAlphanumerics } from '../ids.ts';
import { findBinaries, type PostgresBinaries, type ServerUser, serverUser } from './postgres-binaries.ts';

/** A real PostgreSQL of one's own. */
export interface PostgresCluster {
  /** Of the process that has started all others. */
  readonly pid: number;
  /** Makes an empty database. @returns its URL, as `DATABASE_URL` takes it */
  createDatabase(): Promise<string>;
  /** Stops the server and removes its files. Also done, less gently, when the process ends without it. */
  stop(): Promise<void>;
}

const READY = 'database system is ready to accept connections';
const PORT_TAKEN = 'could not create any TCP/IP sockets';
const MAX_START_ATTEMPTS = 3;
const MAX_REMOVE_ATTEMPTS = 40;
const REMOVE_PAUSE_MS = 50;
const KEPT_LOG_CHARACTERS = 8_192;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Nothing here outlives the tests, so nothing waits for the disk. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'jit=off',
];

/**
 * Starts a PostgreSQL on a free port of the loopback address, in a temporary directory. Takes about a second.
 * @throws when it cannot run here: tests that need it fail, they are not skipped
 */
export async function startPostgres(): Promise<PostgresCluster> {
  const user = serverUser();
  const directory = await mkdtemp(join(tmpdir(), 'signup-postgres-'));
  const forget = onSuddenEnd(() => {
    server?.kill('SIGQUIT');
    removeNow(directory);
  });
  let server: (ChildProcess & { stderr: Readable }) | undefined;
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    if (server) await end(server);
    await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    forget();
  };

  try {
    if (user.uid !== undefined && user.gid !== undefined) await chown(directory, user.uid, user.gid);
    const binaries = await findBinaries(directory, user);
    const password = randomAlphanumerics(32);
    const data = await initialise(binaries, directory, password, user);
    for (let attempt = 1; ; attempt += 1) {
      const port = await freePort();
      server = spawn(
        binaries.postgres,
        ['-D', data, '-p', String(port), ...SETTINGS.flatMap((setting) => ['-c', setting])],
        {
          ...user,
          cwd: directory,
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      try {
        await ready(server);
        return {
          pid: server.pid ?? 0,
          createDatabase: databaseMaker(`postgres://postgres:${password}@127.0.0.1:${port}`),
          stop: () => {
            stopping ??= stop();
            return stopping;
          },
        };
      } catch (error) {
        // Between asking for a free port and listening on it, somebody else may have taken it.
        if (attempt >= MAX_START_ATTEMPTS || !String(error).includes(PORT_TAKEN)) throw error;
      }
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes the files of a cluster. Its collation is a language's, as installed servers have it: ids do not sort by their bytes there. */
async function initialise(
  { initdb }: PostgresBinaries,
  directory: string,
  password: string,
  user: ServerUser,
): Promise<string> {
  const data = join(directory, 'data');
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(passwordFile, user.uid, user.gid);
  const options = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=en-US',
    '--no-sync',
    '--no-instructions',
  ];
  const child = spawn(initdb, options, { ...user, cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  const log = keepLog(child.stderr);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`initdb ended with ${code}:\n${log()}`);
  return data;
}

async function ready(server: ChildProcess & { stderr: Readable }): Promise<void> {
  const log = keepLog(server.stderr);
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', () => log().includes(READY) && resolve());
    server.once('error', reject);
    server.once('close', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${log()}`)));
  });
  // A forgotten stop() must not keep the tests from ending.
  server.unref();
  (server.stderr as Readable & { unref?: () => void }).unref?.();
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  server.ref();
  const ended = once(server, 'exit');
  // PostgreSQL's "fast shutdown": it does not wait for clients to leave.
  server.kill('SIGINT');
  await ended;
}

function databaseMaker(server: string): () => Promise<string> {
  let count = 0;
  return async () => {
    count += 1;
    const name = `test_${count}`;
    const client = new pg.Client({ connectionString: `${server}/postgres` });
    await client.connect();
    try {
      await client.query(`create database ${name}`);
    } finally {
      await client.end();
    }
    return `${server}/${name}`;
  };
}

/** Output is shown only when something fails. */
function keepLog(stream: Readable): () => string {
  let log = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-KEPT_LOG_CHARACTERS);
  });
  return () => log;
}

/** The server takes a moment to end and may write meanwhile, so one attempt may leave something behind. */
function removeNow(directory: string): void {
  for (let attempt = 1; attempt <= MAX_REMOVE_ATTEMPTS; attempt += 1) {
    try {
      rmSync(directory, { recursive: true, force: true });
    } catch {
      // It is looked at again below.
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, REMOVE_PAUSE_MS);
    if (!existsSync(directory)) return;
  }
}

/** Calls `clean`, which has to be synchronous, when the process ends or is told to. @returns a function that undoes this */
function onSuddenEnd(clean: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => {
    forget();
    clean();
    process.kill(process.pid, signal);
  };
  const forget = () => {
    process.off('exit', clean);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.once('exit', clean);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return forget;
}
